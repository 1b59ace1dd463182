package dev.fusebox.lab.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fusebox.file.Canonical;
import dev.fusebox.questions.Dataset;
import dev.fusebox.questions.picture.PassageSettings;
import dev.fusebox.questions.picture.PictureBackbone;
import dev.fusebox.questions.picture.TrainedLayers;
import dev.fusebox.training.recipe.ModelSettings;
import dev.fusebox.training.recipe.PretrainingSettings;
import dev.fusebox.training.recipe.Recipe;
import dev.fusebox.training.recipe.RetrievalSettings;
import dev.fusebox.training.recipe.Split;
import dev.fusebox.training.recipe.StageSettings;
import dev.fusebox.training.recipe.TransferSettings;
import dev.fusebox.training.recipe.VocabularyChoice;
import dev.fusebox.training.work.DataPlace;
import dev.fusebox.training.work.OpenedFiles;
import dev.fusebox.training.work.Stage;
import dev.fusebox.training.work.StageKind;
import dev.fusebox.training.work.TransferWork;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Describes the stages of a run: everything that decides a stage's bits, as JSON, of which its key
 * is the hash. The order of what is put in is part of the key.
 */
final class StageDescriber {

  /** Files of a checkpoint and no deeper: the clone of a repository holds more than that. */
  private static final int FLAT = 1;

  private final OpenedFiles opened;
  private final CodeKeys code;
  private final SettingsJson json;
  private final StageFit fit;
  private final FrozenFit frozen;
  private final Recipe recipe;
  private final DataPlace place;

  StageDescriber(
      OpenedFiles opened, CodeKeys code, SettingsJson json, Recipe recipe, DataPlace place) {
    this.opened = opened;
    this.code = code;
    this.json = json;
    this.fit = new StageFit(opened, code.fusions());
    this.frozen = new FrozenFit(opened, code.fusions());
    this.recipe = recipe;
    this.place = place;
  }

  /** What every description begins with. */
  static ObjectNode begun(StageKind kind, String code) {
    ObjectNode description = JsonNodeFactory.instance.objectNode();
    description.put("kind", kind.word());
    description.put("code", code);
    return description;
  }

  /**
   * The key of a stage whose description differs in one value, and tells no draw: another draw of
   * as many questions takes as long.
   */
  static String likeness(ObjectNode description, String key, String instead) {
    return likeness(SettingsJson.copy(description).put(key, instead));
  }

  /** The key of a stage of the same description that tells no draw. */
  static String likeness(ObjectNode description) {
    ObjectNode alike = SettingsJson.copy(description);
    for (Map.Entry<String, JsonNode> part : description.properties()) {
      if (part.getValue().has(Split.DRAW)) {
        alike.set(part.getKey(), SettingsJson.copy(part.getValue()).without(Split.DRAW));
      }
    }
    return Canonical.key(alike);
  }

  /** Of the stage that writes for a split. */
  ObjectNode prediction(
      StageSettings settings, Split split, Stage model, Optional<Stage> upstream, long seed) {
    ObjectNode description = begun(StageKind.PREDICTION, code.models());
    description.put("model", model.key());
    description.set("split", json.of(split, recipe.data()));
    description.put("upstream", upstream.map(Stage::key).orElse(null));
    description.set("decoding", decoding(settings, seed));
    description.put("maxTokens", settings.target().maxTokens());
    return description;
  }

  private JsonNode decoding(StageSettings settings, long seed) {
    JsonNode decoding = json.of(settings.decoding());
    return settings.decoding().sampling().isPresent()
        ? SettingsJson.copy(decoding).put("seed", seed)
        : decoding;
  }

  /**
   * What a stage reads that is asked other data.
   *
   * @throws dev.fusebox.file.UserError if the data are not there
   */
  ObjectNode transfer(StageSettings settings, String name, TransferSettings transfer)
      throws IOException {
    Dataset others = opened.questions(transfer.root());
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("name", name);
    node.put("data", others.fingerprint());
    node.put("split", transfer.splitName());
    node.put("questions", transfer.of(others).size());
    if (TransferWork.looks(settings, transfer.of(others))) {
      node.put("pictures", opened.pictureFingerprint(transfer.root(), settings.features()));
    }
    return node;
  }

  /**
   * Of the stage that trains a model.
   *
   * @param files takes the files that it is read from
   */
  ObjectNode training(
      StageSettings settings, TrainingInputs inputs, long seed, ExternalInputs files)
      throws IOException {
    ObjectNode description = begun(StageKind.TRAINING, code.models());
    data(description, settings, files);
    description.put("upstream", inputs.upstream().map(Stage::key).orElse(null));
    inputs.validation().ifPresent(stage -> description.put("validationUpstream", stage.key()));
    model(description, settings, inputs.start(), files);
    description.set("training", json.of(settings.training()));
    description.put("seed", seed);
    return description;
  }

  /**
   * Of the stage that pretrains a model.
   *
   * @param sight the stage whose pictures and fusion it uses; empty if it reads text alone
   * @param files takes the files that it is read from
   */
  ObjectNode pretraining(
      PretrainingSettings settings, Optional<StageSettings> sight, ExternalInputs files)
      throws IOException {
    ObjectNode description = begun(StageKind.PRETRAINING, code.models());
    description.put("data", place.fingerprint());
    description.set("train", json.of(Split.TRAIN, recipe.data()));
    ObjectNode own = SettingsJson.copy(json.of(settings));
    ObjectNode model = SettingsJson.copy(own.remove("model"));
    model.remove("tokenizer");
    model.remove("checkpoint");
    model.remove("vocabulary");
    model.remove("tune"); // always all
    model.remove("frozenWeights");
    own.set("objectives", Canonical.of(settings.practised(sight.isPresent())));
    description.setAll(own);
    description.set("model", model);
    fit.check(settings.model(), sight.isPresent(), place);
    Optional<Path> checkpoint = settings.model().checkpoint();
    description.put("start", checkpoint.isPresent() ? hash(checkpoint.get(), FLAT, files) : null);
    tokenizer(description, settings.model(), files);
    if (sight.isPresent()) {
      pictures(description, sight.get(), files);
    }
    return description;
  }

  private void data(ObjectNode description, StageSettings settings, ExternalInputs files)
      throws IOException {
    description.put("data", place.fingerprint());
    description.set("train", json.of(Split.TRAIN, recipe.data()));
    if (settings.training().validation().looks()) {
      description.set("validation", json.of(Split.VALIDATION, recipe.data()));
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
      if (retrieval.isGold()) {
        passages.put("source", "gold");
      }
    }
    if (settings.readsRecited()) {
      description.put("recited", true);
    }
    if (settings.shots().count() > 0) {
      description.set("shots", json.of(settings.shots()));
    }
    if (settings.seesPictures()) {
      pictures(description, settings, files);
    }
  }

  private String hash(Path path, int depth, ExternalInputs files) throws IOException {
    return files.hash(path, () -> opened.hash(path, depth));
  }

  private void pictures(ObjectNode description, StageSettings settings, ExternalInputs files)
      throws IOException {
    description.put("features", settings.features().label());
    description.set("patches", json.of(settings.features().patches()));
    if (settings.features().pictures().several()) {
      description.set("shown", json.of(settings.features().pictures()));
    }
    if (settings.features().findPassages()) {
      passages(description, settings.features().passages(), files);
    }
    Optional<PictureBackbone> backbone = opened.inTheLoop(settings.features());
    if (backbone.isPresent()) {
      backbone(description, backbone.get(), files);
    }
    description.set("control", json.of(settings.control()));
    description.set("fusion", json.of(settings.fusion()));
    description.put("fusionCode", code.fusion(settings.fusion()));
    if (place.root().isPresent()) {
      Path root = place.root().get();
      fit.check(settings, root);
      if (recipe.test().change().stream().anyMatch(change -> change.framing().isPresent())) {
        opened.requireRaster(root, settings.features());
      }
      description.put(
          "pictures", files.hash(root, () -> opened.pictureFingerprint(root, settings.features())));
    }
  }

  /** A corpus counts by what it holds; lectures are of the data, which their key stands for. */
  private void passages(ObjectNode description, PassageSettings settings, ExternalInputs files)
      throws IOException {
    ObjectNode passages =
        description
            .putObject("passages")
            .put("count", settings.count())
            .put("width", settings.width());
    if (settings.corpus().isPresent()) {
      passages.put("corpus", hash(settings.corpus().get(), Integer.MAX_VALUE, files));
    }
  }

  /** A directory's contents count, its preprocessing among them, and not where it lies. */
  private void backbone(ObjectNode description, PictureBackbone backbone, ExternalInputs files)
      throws IOException {
    backbone.preprocessing(); // told before its files are read as a whole
    ObjectNode own = description.putObject("backbone");
    own.put("files", hash(backbone.directory(), FLAT, files));
    own.set("layer", json.of(backbone.layer()));
    own.put("train", backbone.train().map(TrainedLayers::toString).orElse("none"));
    if (backbone.train().isPresent()) {
      own.put("learningRateFactor", backbone.learningRateFactor());
    }
    own.put("code", code.vision(backbone.provider()));
  }

  private void model(
      ObjectNode description, StageSettings settings, Optional<Stage> start, ExternalInputs files)
      throws IOException {
    if (start.isPresent()) {
      description.put("start", start.get().key());
    } else if (settings.model().checkpoint().isPresent()) {
      fit.check(
          settings.model(), settings.seesPictures(), place); // before its files are read as a whole
      description.put("start", hash(settings.model().checkpoint().get(), FLAT, files));
    } else {
      description.set("shape", json.of(settings.model().shape()));
    }
    frozen.check(settings, start.isPresent() ? pretrained() : settings.model(), place.root());
    tokenizer(description, settings.model(), files);
    description.set("frozen", json.of(settings.model().frozen()));
    description.set("tune", json.of(settings.model().tune()));
    description.set("frozenWeights", json.of(settings.model().frozenWeights()));
  }

  private ModelSettings pretrained() {
    return recipe.pretraining().orElseThrow().model();
  }

  /** Generated data bring one of their own, which their key stands for. */
  private void tokenizer(ObjectNode description, ModelSettings model, ExternalInputs files)
      throws IOException {
    Optional<Path> file = place.givenTokenizer(model);
    if (model.vocabulary() == VocabularyChoice.USED) {
      description.put("vocabulary", Split.TRAIN.name(recipe.data()));
    }
    if (file.isPresent()) {
      description.put("tokenizer", hash(file.get(), FLAT, files));
    }
  }
}
