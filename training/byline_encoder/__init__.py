"""The training program of Byline's encoder. Modules go from data to file: labels, surface, vocabulary, corpora,
weak, augment, windows, batches (data); backbone, crf, heads, model (network); train; tree, predict, scores,
evaluate (development sets); graph, quantise, export, fixture (the shipped file)."""
