"""Is it right? The check of gradients: as a report, as a job beside the window, and as a window of its own."""
