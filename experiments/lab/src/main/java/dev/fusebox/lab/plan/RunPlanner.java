package dev.fusebox.lab.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fusebox.questions.change.EveryVersion;
import dev.fusebox.questions.change.QuestionChange;
import dev.fusebox.training.recipe.PretrainingSettings;
import dev.fusebox.training.recipe.Recipe;
import dev.fusebox.training.recipe.RetrievalSettings;
import dev.fusebox.training.recipe.Split;
import dev.fusebox.training.recipe.StageRole;
import dev.fusebox.training.recipe.StageSettings;
import dev.fusebox.training.recipe.TransferSettings;
import dev.fusebox.training.recipe.UpstreamText;
import dev.fusebox.training.task.StagePredictor;
import dev.fusebox.training.task.StageTrainer;
import dev.fusebox.training.work.ChangedWork;
import dev.fusebox.training.work.CrossedWork;
import dev.fusebox.training.work.DataPlace;
import dev.fusebox.training.work.OpenedFiles;
import dev.fusebox.training.work.PassageWork;
import dev.fusebox.training.work.PredictionWork;
import dev.fusebox.training.work.PretrainingWork;
import dev.fusebox.training.work.Stage;
import dev.fusebox.training.work.StageKind;
import dev.fusebox.training.work.TrainedStage;
import dev.fusebox.training.work.TrainingWork;
import dev.fusebox.training.work.TransferWork;
import dev.fusebox.training.work.VersionsWork;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Lays out the stages of a run and gives each its key. Opens real data, computes nothing. */
public final class RunPlanner {

  private final OpenedFiles opened;
  private final StageTrainer trainer;
  private final StagePredictor predictor;
  private final CodeKeys code;
  private final DataPlaces places;
  private final SettingsJson json = new SettingsJson();
  private final Map<JsonNode, Stage> pretrainings = new ConcurrentHashMap<>(); // by description

  /** A planner whose stages use these. */
  @Inject
  public RunPlanner(
      OpenedFiles opened, StageTrainer trainer, StagePredictor predictor, CodeKeys code) {
    this.opened = opened;
    this.trainer = trainer;
    this.predictor = predictor;
    this.code = code;
    this.places = new DataPlaces(opened, code);
  }

  /** The stages of {@code recipe} with {@code seed}. */
  public RunPlan plan(Recipe recipe, long seed) throws IOException {
    return new Planning(recipe, seed, places.of(recipe.data())).plan();
  }

  /** The planning of one run. */
  private final class Planning {

    private final Recipe recipe;
    private final long seed;
    private final DataPlace place;
    private final StageDescriber describer;
    private final Map<String, Stage> trained = new HashMap<>();
    private final Map<String, ExternalInputs> given = new HashMap<>();
    private final Set<Stage> stages = new LinkedHashSet<>();

    Planning(Recipe recipe, long seed, DataPlace place) {
      this.recipe = recipe;
      this.seed = seed;
      this.place = place;
      this.describer = new StageDescriber(opened, code, json, recipe, place);
    }

    RunPlan plan() throws IOException {
      Stage answer = prediction(recipe.lastStage(), Split.TEST);
      for (QuestionChange change : recipe.test().change()) {
        if (applies(change)) {
          changed(recipe.lastStage(), change);
        }
      }
      if (recipe.test().crossed() > 0) {
        crossed(recipe.lastStage(), recipe.pipeline().get(recipe.lastStage()).ranking());
      }
      for (int sample = 1; sample <= recipe.test().samples() && readsAnother(); sample++) {
        sampled(recipe.lastStage(), sample);
      }
      for (EveryVersion every : recipe.test().every()) {
        if (every == EveryVersion.PASSAGE) {
          passages();
        } else if (every.goesTheWholeWay() || readsAnother()) {
          versions(recipe.lastStage(), every);
        }
      }
      for (Map.Entry<String, TransferSettings> other : recipe.test().transfer().entrySet()) {
        transferred(recipe.lastStage(), other.getKey(), other.getValue());
      }
      return new RunPlan(new ArrayList<>(stages), answer);
    }

    private Stage add(Stage stage) {
      stage.inputs().forEach(stages::add);
      stages.add(stage);
      return stage;
    }

    private Stage prediction(String name, Split split) throws IOException {
      StageSettings settings = recipe.pipeline().get(name);
      Stage model = trained(name);
      Optional<Stage> upstream = upstream(settings, split);
      ObjectNode description = describer.prediction(settings, split, model, upstream, seed);
      List<Stage> inputs = new ArrayList<>(place.inputs());
      inputs.add(model);
      upstream.ifPresent(inputs::add);
      return add(
          new Stage(
              StageKind.PREDICTION,
              name,
              split.writing(),
              description,
              inputs,
              StageDescriber.likeness(description, "model", model.likeness()),
              given
                  .get(name)
                  .unchangedDuring(
                      new PredictionWork(asked(settings, model, upstream), split, 0))));
    }

    /** Where nothing reads a rationale there is none to change. */
    private boolean applies(QuestionChange change) {
      return change.subject() != QuestionChange.Subject.RATIONALE || readsAnother();
    }

    private boolean readsAnother() {
      return recipe.pipeline().get(recipe.lastStage()).from().isPresent();
    }

    /** The answer from a rationale that is drawn. */
    private Stage sampled(String name, int sample) throws IOException {
      StageSettings settings = recipe.pipeline().get(name);
      StageSettings writer = recipe.pipeline().get(settings.from().orElseThrow());
      Stage rationale =
          sampled(
              settings.from().orElseThrow(),
              writer.withDecoding(writer.decoding().sampled(recipe.test().sampling())),
              upstream(writer, Split.TEST),
              sample);
      return sampled(name, settings, Optional.of(rationale), sample);
    }

    private Stage sampled(String name, StageSettings settings, Optional<Stage> upstream, int sample)
        throws IOException {
      Stage model = trained(name);
      ObjectNode description = describer.prediction(settings, Split.TEST, model, upstream, seed);
      description.put("sample", sample);
      return tested(
          name,
          description,
          model,
          upstream,
          new PredictionWork(asked(settings, model, upstream), Split.TEST, sample));
    }

    /** A changed question goes the whole way; a changed rationale is what the last stage reads. */
    private Stage changed(String name, QuestionChange change) throws IOException {
      StageSettings settings = recipe.pipeline().get(name);
      Stage model = trained(name);
      Optional<Stage> upstream =
          change.subject() == QuestionChange.Subject.RATIONALE
              ? upstream(settings, Split.TEST)
              : settings.from().isPresent()
                  ? Optional.of(changed(settings.from().get(), change))
                  : Optional.empty();
      ObjectNode description = describer.prediction(settings, Split.TEST, model, upstream, seed);
      description.put("change", change.label());
      return tested(
          name,
          description,
          model,
          upstream,
          new ChangedWork(asked(settings, model, upstream), change));
    }

    /** The whole way is crossed: an earlier stage writes for each text beside each picture. */
    private Stage crossed(String name, StageSettings settings) throws IOException {
      Stage model = trained(name);
      Optional<String> from = settings.from();
      Optional<Stage> upstream =
          from.isPresent()
              ? Optional.of(crossed(from.get(), recipe.pipeline().get(from.get())))
              : Optional.empty();
      ObjectNode description = describer.prediction(settings, Split.TEST, model, upstream, seed);
      description.put("crossed", recipe.test().crossed());
      return tested(
          name, description, model, upstream, new CrossedWork(asked(settings, model, upstream)));
    }

    private Stage versions(String name, EveryVersion every) throws IOException {
      StageSettings settings = recipe.pipeline().get(name);
      Stage model = trained(name);
      Optional<Stage> upstream =
          !every.goesTheWholeWay()
              ? upstream(settings, Split.TEST)
              : settings.from().isPresent()
                  ? Optional.of(versions(settings.from().get(), every))
                  : Optional.empty();
      ObjectNode description = describer.prediction(settings, Split.TEST, model, upstream, seed);
      description.put("every", every.name().toLowerCase(Locale.ROOT));
      return tested(
          name,
          description,
          model,
          upstream,
          new VersionsWork(asked(settings, model, upstream), every));
    }

    /** Where nothing is retrieved there is nothing to leave out. */
    private void passages() throws IOException {
      Optional<RetrievalSettings> retrieval = recipe.retrieval();
      if (retrieval.isPresent()) {
        withoutPassages(recipe.lastStage(), retrieval.get());
      }
    }

    private Stage withoutPassages(String name, RetrievalSettings retrieval) throws IOException {
      StageSettings settings = recipe.pipeline().get(name);
      Stage model = trained(name);
      Optional<Stage> upstream =
          settings.from().isPresent()
              ? Optional.of(withoutPassages(settings.from().get(), retrieval))
              : Optional.empty();
      ObjectNode description = describer.prediction(settings, Split.TEST, model, upstream, seed);
      description.put("every", EveryVersion.PASSAGE.name().toLowerCase(Locale.ROOT));
      return tested(
          name,
          description,
          model,
          upstream,
          new PassageWork(asked(settings, model, upstream), retrieval));
    }

    /** Questions of other data go the whole way. */
    private Stage transferred(String name, String other, TransferSettings transfer)
        throws IOException {
      StageSettings settings = recipe.pipeline().get(name);
      Stage model = trained(name);
      Optional<Stage> upstream =
          settings.from().isPresent()
              ? Optional.of(transferred(settings.from().get(), other, transfer))
              : Optional.empty();
      ObjectNode description = describer.prediction(settings, Split.TEST, model, upstream, seed);
      description.set("transfer", describer.transfer(settings, other, transfer));
      return tested(
          name,
          description,
          model,
          upstream,
          new TransferWork(asked(settings, model, upstream), other, transfer));
    }

    private TrainedStage asked(StageSettings settings, Stage model, Optional<Stage> upstream) {
      return new TrainedStage(opened, predictor, recipe, settings, place, model, upstream, seed);
    }

    private Stage tested(
        String name,
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
              StageRole.TESTING,
              description,
              inputs,
              StageDescriber.likeness(description, "model", model.likeness()),
              given.get(name).unchangedDuring(work)));
    }

    /** What an earlier stage wrote for the split, where this one reads from another. */
    private Optional<Stage> upstream(StageSettings settings, Split split) throws IOException {
      return settings.from().isPresent()
          ? Optional.of(prediction(settings.from().get(), split))
          : Optional.empty();
    }

    private Stage trained(String name) throws IOException {
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
                      opened,
                      trainer,
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
          pretrainings.computeIfAbsent(
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
                          new PretrainingWork(opened, trainer, recipe, settings, sight, place)))));
    }
  }
}
