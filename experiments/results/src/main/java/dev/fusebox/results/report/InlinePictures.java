package dev.fusebox.results.report;

import dev.fusebox.questions.Question;
import java.util.Optional;

/** Where the report finds pictures to show. */
@FunctionalInterface
public interface InlinePictures {

  /** No pictures. */
  InlinePictures NONE = question -> Optional.empty();

  /** The picture as a {@code data:} address, if it is there. */
  Optional<String> dataAddress(Question question);
}
