"""What happens when something goes wrong that should not have: the run is saved, and a person is told calmly."""
