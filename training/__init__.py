"""Makes the data of the judge's meaning model from the corpus; never imported by the package.

`python -m training all` repeats everything with the same seeds: folds, the linear model, the encoder's out-of-fold
answers, the encoder on every trainable post, and the shipped files. `python -m training.judging` fits the judge to
them.
"""
