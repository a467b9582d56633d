"""Taking a run home: pictures, animations and tables of it, written in a format, put in place when complete.

How a dialog uses it, all on the window's thread:

- ``Recording.of_run(controller.run, controller.reached)`` (recording.py) is what is exported; a new one when the run
  has gone on.
- ``ExportRequest`` (request.py) describes one file. The choices to offer: ``FORMATS`` (formats/table.py: ``title()``,
  ``kind``, ``unavailable()``), ``PANELS`` that suit the experiment, ``COMPOSED``, ``SIZES``, ``COLOURS``, ``THEMES``;
  ``Moments(Every(n, Unit.EPOCH) | Spread(frames, even_change), first, last)`` (moments.py) with cursors from the
  timeline. ``request.check(recording)`` raises RequestError: ``field``, and a translated sentence.
- ``Rehearsal`` (rehearsal.py): ``ask(request, recording, share)`` after each change; it answers with ``previewed``
  (QImage of the frame at ``share`` of the animation), ``estimated`` (Estimate: frames, duration_ms, bytes, seconds; or
  None) or ``refused`` (field, sentence). The last request wins. ``stop()`` when the dialog closes.
- ``RequestJob`` (request_job.py): ``RequestJob(request, recording, parent).start()`` exports beside the run, with the
  signals ``progress`` (done, total, seconds that remain or None), ``finished`` (list of paths), ``failed`` (a sentence)
  and ``cancelled``; ``cancel()``, and ``stop()`` at the end of the program.

Inside: a request becomes an Animation (compose.py), of which AheadThread computes the moments by replay, the job draws
the frames with a hidden Figure, and EncoderThread writes them.
"""
