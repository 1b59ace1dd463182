package dev.fusebox.lab.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fusebox.training.recipe.PretrainingSettings;
import dev.fusebox.training.recipe.Recipe;
import dev.fusebox.training.recipe.Split;
import dev.fusebox.training.recipe.StageRole;
import dev.fusebox.training.recipe.StageSettings;
import dev.fusebox.training.recipe.TransferSettings;
import dev.fusebox.training.recipe.UpstreamText;
import dev.fusebox.training.work.DataPlace;
import dev.fusebox.training.work.PredictionWork;
import dev.fusebox.training.work.PretrainingWork;
import dev.fusebox.training.work.Stage;
import dev.fusebox.training.work.StageKind;
import dev.fusebox.training.work.TrainedStage;
import dev.fusebox.training.work.TrainingWork;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** The stages of one run up to its answers, each with its key; each is laid out once. */
final class PlannedStages {

  private final StageMakers makers;
  private final Recipe recipe;
  private final long seed;
  private final DataPlace place;
  private final StageDescriber describer;
  private final Map<String, Stage> trained = new HashMap<>();
  private final Map<String, ExternalInputs> given = new HashMap<>();
  private final Set<Stage> stages = new LinkedHashSet<>();

  PlannedStages(StageMakers makers, Recipe recipe, long seed, DataPlace place) {
    this.makers = makers;
    this.recipe = recipe;
    this.seed = seed;
    this.place = place;
    this.describer =
        new StageDescriber(makers.opened(), makers.code(), makers.json(), recipe, place);
  }

  /** All that were laid out, each behind what it reads. */
  List<Stage> all() {
    return List.copyOf(stages);
  }

  private Stage add(Stage stage) {
    stage.inputs().forEach(stages::add);
    stages.add(stage);
    return stage;
  }

  /** A stage's answers to the questions of a split. */
  Stage prediction(String name, Split split) throws IOException {
    StageSettings settings = recipe.pipeline().get(name);
    Stage model = trained(name);
    Optional<Stage> upstream = upstream(settings, split);
    ObjectNode description = describer.prediction(settings, split, model, upstream, seed);
    TrainedStage asked = asked(settings, model, upstream);
    return answers(
        name, split.writing(), description, model, upstream, new PredictionWork(asked, split, 0));
  }

  /** What an earlier stage wrote for the split, where this one reads from another. */
  Optional<Stage> upstream(StageSettings settings, Split split) throws IOException {
    return settings.from().isPresent()
        ? Optional.of(prediction(settings.from().get(), split))
        : Optional.empty();
  }

  /** How other data are described. */
  JsonNode transfer(StageSettings settings, String other, TransferSettings transfer)
      throws IOException {
    return describer.transfer(settings, other, transfer);
  }

  private TrainedStage asked(StageSettings settings, Stage model, Optional<Stage> upstream) {
    return new TrainedStage(
        makers.opened(), makers.predictor(), recipe, settings, place, model, upstream, seed);
  }

  /**
   * A further test of a trained stage.
   *
   * @param upstream what an earlier stage wrote for it
   * @param key what sets its description apart from those of other tests, with {@code value}
   */
  Stage tested(
      String name,
      StageSettings settings,
      Optional<Stage> upstream,
      String key,
      JsonNode value,
      Function<TrainedStage, Stage.Work> work)
      throws IOException {
    Stage model = trained(name);
    ObjectNode description = describer.prediction(settings, Split.TEST, model, upstream, seed);
    description.set(key, value);
    Stage.Work asking = work.apply(asked(settings, model, upstream));
    return answers(name, StageRole.TESTING, description, model, upstream, asking);
  }

  private Stage answers(
      String name,
      StageRole role,
      ObjectNode description,
      Stage model,
      Optional<Stage> upstream,
      Stage.Work work) {
    List<Stage> inputs = new ArrayList<>(place.inputs());
    inputs.add(model);
    upstream.ifPresent(inputs::add);
    return add(
        new Stage(
            StageKind.PREDICTION,
            name,
            role,
            description,
            inputs,
            StageDescriber.likeness(description, "model", model.likeness()),
            given.get(name).unchangedDuring(work)));
  }

  /** The model of a part of the pipeline. */
  Stage trained(String name) throws IOException {
    Stage known = trained.get(name);
    if (known == null) {
      known = training(name, recipe.pipeline().get(name));
      trained.put(name, known);
    }
    return known;
  }

  private Stage training(String name, StageSettings settings) throws IOException {
    TrainingInputs inputs = inputs(settings);
    ExternalInputs files = new ExternalInputs();
    given.put(name, files);
    ObjectNode description = describer.training(settings, inputs, seed, files);
    return add(
        new Stage(
            StageKind.TRAINING,
            name,
            StageRole.TRAINING,
            description,
            inputs.all(place),
            StageDescriber.likeness(description, "seed", ""),
            files.unchangedDuring(
                new TrainingWork(
                    makers.opened(),
                    makers.trainer(),
                    recipe,
                    settings,
                    place,
                    inputs.start(),
                    inputs.upstream(),
                    inputs.validation(),
                    seed))));
  }

  private TrainingInputs inputs(StageSettings settings) throws IOException {
    boolean generated = settings.trainOn() == UpstreamText.GENERATED;
    Optional<Stage> upstream = generated ? upstream(settings, Split.TRAIN) : Optional.empty();
    Optional<Stage> validation =
        settings.training().validation().looks()
            ? upstream(settings, Split.VALIDATION)
            : Optional.empty();
    Optional<Stage> start =
        settings.start() == StageSettings.Start.PRETRAINING
            ? pretrained(settings)
            : Optional.empty();
    return new TrainingInputs(start, upstream, validation);
  }

  /**
   * The pretrained model that a stage starts from; if it saw pictures, it saw them as that stage
   * does.
   */
  private Optional<Stage> pretrained(StageSettings start) throws IOException {
    if (recipe.pretraining().isEmpty()) {
      return Optional.empty();
    }
    PretrainingSettings settings = recipe.pretraining().get();
    boolean looks = settings.looksAtPictures() && start.seesPictures();
    return Optional.of(pretraining(settings, looks ? Optional.of(start) : Optional.empty()));
  }

  /** Variants that differ elsewhere have one pretraining, made and hashed once. */
  private Stage pretraining(PretrainingSettings settings, Optional<StageSettings> sight)
      throws IOException {
    ExternalInputs files = new ExternalInputs();
    ObjectNode description = describer.pretraining(settings, sight, files);
    return add(
        makers
            .pretrainings()
            .computeIfAbsent(
                description,
                any ->
                    new Stage(
                        StageKind.PRETRAINING,
                        "pretraining",
                        StageRole.PRETRAINING,
                        description,
                        place.inputs(),
                        StageDescriber.likeness(description),
                        files.unchangedDuring(
                            new PretrainingWork(
                                makers.opened(),
                                makers.trainer(),
                                recipe,
                                settings,
                                sight,
                                place)))));
  }
}
