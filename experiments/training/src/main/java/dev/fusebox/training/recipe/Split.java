package dev.fusebox.training.recipe;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fusebox.file.Canonical;
import dev.fusebox.questions.DataSettings;
import dev.fusebox.questions.Dataset;
import dev.fusebox.questions.Question;
import dev.fusebox.questions.SplitLimits;
import java.util.List;
import java.util.Optional;

/** The part of the data a stage reads. */
public enum Split {
  TRAIN,
  VALIDATION,
  TEST;

  /** What a stage does that writes for it. */
  public StageRole writing() {
    return switch (this) {
      case TRAIN -> StageRole.WRITING_TRAIN;
      case VALIDATION -> StageRole.WRITING_VALIDATION;
      case TEST -> StageRole.WRITING;
    };
  }

  /** Its name in the data. */
  public String name(DataSettings data) {
    return switch (this) {
      case TRAIN -> data.splits().train();
      case VALIDATION ->
          data.heldOut().isPresent() ? data.splits().train() : data.splits().validation();
      case TEST -> data.splits().test();
    };
  }

  /** How many of its questions, or which share of them, the experiment takes. */
  public Optional<Double> limit(SplitLimits limits) {
    return switch (this) {
      case TRAIN -> limits.train();
      case VALIDATION -> limits.validation();
      case TEST -> limits.test();
    };
  }

  public JsonNode description(DataSettings data) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("split", name(data));
    if (isCut(data)) {
      node.put("heldOut", data.heldOut().orElseThrow());
    }
    node.set("limit", Canonical.of(limit(data.limits())));
    return node;
  }

  /** Its questions, as many as the experiment takes. */
  public List<Question> questions(Dataset dataset, DataSettings data) {
    if (!isCut(data)) {
      return dataset.split(name(data), limit(data.limits()));
    }
    List<Question> part =
        dataset.split(data.splits().train()).stream()
            .filter(question -> data.isHeldOut(question) == (this == VALIDATION))
            .toList();
    return part.subList(0, SplitLimits.apply(limit(data.limits()), part.size()));
  }

  /** Whether it is a part of the training split in the data. */
  private boolean isCut(DataSettings data) {
    return this != TEST && data.heldOut().isPresent();
  }
}
