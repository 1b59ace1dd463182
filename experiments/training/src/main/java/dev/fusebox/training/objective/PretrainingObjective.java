package dev.fusebox.training.objective;

import java.util.SplittableRandom;

/** Something to practise: an endless supply of examples. Holds no state; safe for threads. */
public sealed interface PretrainingObjective
    permits AnswerReading,
        Captioning,
        Grounding,
        LetterLookup,
        MaskedText,
        Matching,
        PicturePairs,
        SpanCorruption,
        WordLookup {

  /** An example; the same numbers drawn give the same example. */
  PretrainingExample practice(SplittableRandom random);
}
