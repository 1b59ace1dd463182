package dev.fusebox.lab.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fusebox.demo.DemoData;
import dev.fusebox.file.Canonical;
import dev.fusebox.questions.DataSettings;
import dev.fusebox.training.recipe.ModelSettings;
import dev.fusebox.training.recipe.PretrainingSettings;
import dev.fusebox.training.recipe.Recipe;
import dev.fusebox.training.recipe.RetrievalSettings;
import dev.fusebox.training.recipe.Split;
import dev.fusebox.training.recipe.StageRole;
import dev.fusebox.training.recipe.StageSettings;
import dev.fusebox.training.recipe.UpstreamText;
import dev.fusebox.training.task.StagePredictor;
import dev.fusebox.training.task.StageTrainer;
import dev.fusebox.training.work.DataPlace;
import dev.fusebox.training.work.OpenedFiles;
import dev.fusebox.training.work.PredictionWork;
import dev.fusebox.training.work.PretrainingWork;
import dev.fusebox.training.work.Stage;
import dev.fusebox.training.work.StageKind;
import dev.fusebox.training.work.TrainingWork;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Lays out the stages of a run and gives each its key. Opens real data, computes nothing. */
public final class RunPlanner {

  /** Files of a checkpoint and no deeper: the clone of a repository holds more than that. */
  private static final int FLAT = 1;

  private final OpenedFiles opened;
  private final StageTrainer trainer;
  private final StagePredictor predictor;
  private final CodeKeys code;
  private final Map<DataSettings, DataPlace> places = new HashMap<>();
  private final StageFit fit;

  /** A planner whose stages use these. */
  @Inject
  public RunPlanner(
      OpenedFiles opened, StageTrainer trainer, StagePredictor predictor, CodeKeys code) {
    this.opened = opened;
    this.trainer = trainer;
    this.predictor = predictor;
    this.code = code;
    this.fit = new StageFit(opened);
  }

  /** The stages of {@code recipe} with {@code seed}. */
  public RunPlan plan(Recipe recipe, long seed) throws IOException {
    return new Planning(recipe, seed, place(recipe.data())).plan();
  }

  private DataPlace place(DataSettings data) throws IOException {
    DataPlace known = places.get(data);
    if (known == null) {
      known = data.root().isPresent() ? given(data.root().get()) : generated(data);
      places.put(data, known);
    }
    return known;
  }

  private DataPlace given(Path root) throws IOException {
    return new DataPlace(Optional.of(root), Optional.empty(), opened.questions(root).fingerprint());
  }

  private DataPlace generated(DataSettings data) {
    ObjectNode description = description(StageKind.DATA, code.demo());
    description.set("demo", Canonical.of(data.demo()));
    Stage stage =
        new Stage(
            StageKind.DATA,
            "data",
            StageRole.DATA,
            description,
            List.of(),
            Canonical.key(description),
            (directory, inputs, progress) -> {
              DemoData.write(data.demo(), directory);
              return Map.of();
            });
    return new DataPlace(Optional.empty(), Optional.of(stage), stage.key());
  }

  private static ObjectNode description(StageKind kind, String code) {
    ObjectNode description = JsonNodeFactory.instance.objectNode();
    description.put("kind", kind.word());
    description.put("code", code);
    return description;
  }

  /** The planning of one run. */
  private final class Planning {

    private final Recipe recipe;
    private final long seed;
    private final DataPlace place;
    private final Map<String, Stage> trained = new HashMap<>();
    private final Map<String, GivenInputs> given = new HashMap<>();
    private final Set<Stage> stages = new LinkedHashSet<>();

    Planning(Recipe recipe, long seed, DataPlace place) {
      this.recipe = recipe;
      this.seed = seed;
      this.place = place;
    }

    RunPlan plan() throws IOException {
      Stage answer = prediction(recipe.lastStage(), Split.TEST);
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
      ObjectNode description = description(StageKind.PREDICTION, code.models());
      description.put("model", model.key());
      description.set("split", split.description(recipe.data()));
      description.put("upstream", upstream.map(Stage::key).orElse(null));
      description.set("decoding", decoding(settings));
      description.put("maxTokens", settings.target().maxTokens());
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
              likeness(description, "model", model.likeness()),
              given
                  .get(name)
                  .unchangedDuring(
                      new PredictionWork(
                          opened, predictor, recipe, settings, place, split, model, upstream,
                          seed))));
    }

    /** What an earlier stage wrote for the split, where this one reads from another. */
    private Optional<Stage> upstream(StageSettings settings, Split split) throws IOException {
      return settings.from().isPresent()
          ? Optional.of(prediction(settings.from().get(), split))
          : Optional.empty();
    }

    private JsonNode decoding(StageSettings settings) {
      ObjectNode decoding = (ObjectNode) Canonical.of(settings.decoding());
      settings.decoding().sampling().ifPresent(sampling -> decoding.put("seed", seed));
      return decoding;
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
      ObjectNode description = description(StageKind.TRAINING, code.models());
      GivenInputs files = new GivenInputs();
      given.put(name, files);
      describeData(description, settings, files);
      description.put("upstream", upstream.map(Stage::key).orElse(null));
      validation.ifPresent(stage -> description.put("validationUpstream", stage.key()));
      describeModel(description, settings, start, files);
      description.set("training", Canonical.of(settings.training()));
      description.put("seed", seed);
      List<Stage> inputs = new ArrayList<>(place.inputs());
      start.ifPresent(inputs::add);
      upstream.ifPresent(inputs::add);
      validation.ifPresent(inputs::add);
      return add(
          new Stage(
              StageKind.TRAINING,
              name,
              StageRole.TRAINING,
              description,
              inputs,
              likeness(description, "seed", ""),
              files.unchangedDuring(
                  new TrainingWork(
                      opened,
                      trainer,
                      recipe,
                      settings,
                      place,
                      start,
                      upstream,
                      validation,
                      seed))));
    }

    private void describeData(ObjectNode description, StageSettings settings, GivenInputs files)
        throws IOException {
      description.put("data", place.fingerprint());
      description.set("train", Split.TRAIN.description(recipe.data()));
      if (settings.training().validation().looks()) {
        description.set("validation", Split.VALIDATION.description(recipe.data()));
      }
      description.put("format", settings.format().toString());
      description.put("goldLecture", settings.goldLecture());
      description.put("captions", settings.features().withCaptions());
      description.put("source", settings.source().maxTokens());
      description.put("target", settings.target().maxTokens());
      if (settings.retrieval().isPresent()) {
        RetrievalSettings retrieval = settings.retrieval().get();
        ObjectNode passages =
            description.putObject("retrieval").put("passages", retrieval.passages());
        if (retrieval.corpus().isPresent()) {
          passages.put("corpus", hash(retrieval.corpus().get(), Integer.MAX_VALUE, files));
        }
      }
      if (settings.seesPictures()) {
        describePictures(description, settings, files);
      }
    }

    private String hash(Path path, int depth, GivenInputs files) throws IOException {
      return files.hash(path, () -> opened.hash(path, depth));
    }

    private void describePictures(ObjectNode description, StageSettings settings, GivenInputs files)
        throws IOException {
      description.put("features", settings.features().source().name());
      description.set("patches", Canonical.of(settings.features().patches()));
      description.set("control", Canonical.of(settings.control()));
      description.set("fusion", Canonical.of(settings.fusion()));
      description.put("fusionCode", code.fusion(settings.fusion().name()));
      if (place.root().isPresent()) {
        Path root = place.root().get();
        fit.check(settings, root);
        description.put(
            "pictures",
            files.hash(root, () -> opened.pictureFingerprint(root, settings.features())));
      }
    }

    private void describeModel(
        ObjectNode description, StageSettings settings, Optional<Stage> start, GivenInputs files)
        throws IOException {
      if (start.isPresent()) {
        description.put("start", start.get().key());
      } else if (settings.model().checkpoint().isPresent()) {
        fit.check(settings.model(), place); // before its files are read as a whole
        description.put("start", hash(settings.model().checkpoint().get(), FLAT, files));
      } else {
        description.set("shape", Canonical.of(settings.model().shape()));
      }
      describeTokenizer(description, settings.model(), files);
      description.set("frozen", Canonical.of(settings.model().frozen()));
    }

    /** Generated data bring one of their own, which their key stands for. */
    private void describeTokenizer(ObjectNode description, ModelSettings model, GivenInputs files)
        throws IOException {
      Optional<Path> file = place.givenTokenizer(model);
      if (file.isPresent()) {
        description.put("tokenizer", hash(file.get(), FLAT, files));
      }
    }

    /** What a stage begins from; it has seen pictures as that stage does, if any. */
    private Optional<Stage> pretrained(StageSettings start) throws IOException {
      if (recipe.pretraining().isEmpty()) {
        return Optional.empty();
      }
      PretrainingSettings settings = recipe.pretraining().get();
      boolean looks = settings.looksAtPictures() && start.seesPictures();
      return Optional.of(pretraining(settings, looks ? Optional.of(start) : Optional.empty()));
    }

    private Stage pretraining(PretrainingSettings settings, Optional<StageSettings> sight)
        throws IOException {
      ObjectNode description = description(StageKind.PRETRAINING, code.models());
      GivenInputs files = new GivenInputs();
      description.put("data", place.fingerprint());
      description.set("train", Split.TRAIN.description(recipe.data()));
      ObjectNode own = (ObjectNode) Canonical.of(settings);
      ObjectNode model = (ObjectNode) own.remove("model");
      model.remove("tokenizer");
      model.remove("checkpoint");
      description.setAll(own);
      description.set("model", model);
      fit.check(settings.model(), place);
      Optional<Path> checkpoint = settings.model().checkpoint();
      description.put("start", checkpoint.isPresent() ? hash(checkpoint.get(), FLAT, files) : null);
      describeTokenizer(description, settings.model(), files);
      if (sight.isPresent()) {
        describePictures(description, sight.get(), files);
      }
      return add(
          new Stage(
              StageKind.PRETRAINING,
              "pretraining",
              StageRole.PRETRAINING,
              description,
              place.inputs(),
              Canonical.key(description),
              files.unchangedDuring(
                  new PretrainingWork(opened, trainer, recipe, settings, sight, place))));
    }
  }

  /** The hash of a description in which one key does not count. */
  private static String likeness(ObjectNode description, String key, String instead) {
    return Canonical.key(description.deepCopy().put(key, instead));
  }
}
