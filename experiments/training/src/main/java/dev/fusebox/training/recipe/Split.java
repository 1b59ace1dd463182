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

  /** What a {@link #description} has besides, where its questions are those of a draw. */
  public static final String DRAW = "draw";

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

  /**
   * The draw that its questions are those of, if they are; validation and test are the same for all
   * draws.
   */
  public Optional<Long> draw(DataSettings data) {
    return this == TRAIN ? data.draw() : Optional.empty();
  }

  /** What decides which questions they are, as a part of the keys of the stages that read them. */
  public JsonNode description(DataSettings data) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("split", name(data));
    if (isCut(data)) {
      node.put("heldOut", data.heldOut().orElseThrow());
    }
    node.set("limit", Canonical.of(limit(data.limits())));
    draw(data).ifPresent(number -> node.put(DRAW, number));
    return node;
  }

  /** Its questions, as many as the experiment takes: the first ones, or those of a draw. */
  public List<Question> questions(Dataset dataset, DataSettings data) {
    List<Question> all = all(dataset, data);
    return draw(data).isPresent()
        ? data.drawn(all)
        : all.subList(0, SplitLimits.apply(limit(data.limits()), all.size()));
  }

  private List<Question> all(Dataset dataset, DataSettings data) {
    List<Question> named = dataset.split(name(data));
    return isCut(data)
        ? named.stream()
            .filter(question -> data.isHeldOut(question) == (this == VALIDATION))
            .toList()
        : named;
  }

  /** Whether it is a part of the training split in the data. */
  private boolean isCut(DataSettings data) {
    return this != TEST && data.heldOut().isPresent();
  }
}
