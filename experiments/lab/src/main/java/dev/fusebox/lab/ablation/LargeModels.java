package dev.fusebox.lab.ablation;

import dev.fusebox.checkpoint.Checkpoint;
import dev.fusebox.questions.picture.PictureBackbone;
import dev.fusebox.t5.T5Config;
import dev.fusebox.t5.tokenize.Tokenizers;
import dev.fusebox.t5.tune.Tuning;
import dev.fusebox.training.catalogue.FusionCatalogue;
import dev.fusebox.training.catalogue.FusionSettings;
import dev.fusebox.training.model.FreshModel;
import dev.fusebox.training.model.MemoryNeed;
import dev.fusebox.training.model.ModelSize;
import dev.fusebox.training.recipe.FrozenWeights;
import dev.fusebox.training.recipe.ModelSettings;
import dev.fusebox.training.recipe.PretrainingSettings;
import dev.fusebox.training.recipe.Recipe;
import dev.fusebox.training.recipe.StageSettings;
import dev.fusebox.training.recipe.TrainingSettings;
import dev.fusebox.training.work.OpenedFiles;
import dev.fusebox.training.work.Stage;
import dev.fusebox.vision.BackboneOutline;
import dev.fusebox.vision.BackboneSize;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What the stages of a run take of memory whose models are large. Small ones are not asked: to
 * count a fusion's numbers starts the engine.
 */
record LargeModels(FusionCatalogue fusions, OpenedFiles files) {

  private static final long WORTH_COUNTING = 10_000_000;

  /** What a stage takes; empty where its model is small, or where it has none. */
  Optional<StageMemory> memory(PlannedRun run, Stage stage) throws IOException {
    Recipe recipe = run.variant().recipe();
    StageSettings settings = recipe.pipeline().get(stage.part());
    Optional<Path> root = recipe.data().root();
    return switch (stage.kind()) {
      case DATA -> Optional.empty();
      case PRETRAINING -> pretraining(recipe, root);
      case TRAINING -> model(recipe, settings, root).map(each -> training(each, settings));
      case PREDICTION ->
          settings == null
              ? Optional.empty()
              : model(recipe, settings, root).map(each -> writing(each, settings));
    };
  }

  /**
   * A model, and what goes through it.
   *
   * @param sees whether it is shown pictures
   */
  private record Model(
      T5Config config,
      ModelSettings settings,
      FusionSettings fusion,
      boolean sees,
      MemoryNeed.InputSizes lengths,
      MemoryNeed.Backbone backbone) {}

  private ModelSize size(Model model, Tuning tuning, FrozenWeights held) {
    return ModelSize.of(
        model.config(),
        tuning,
        held,
        model.fusion(),
        model.sees() ? OptionalInt.of(model.lengths().visionWidth()) : OptionalInt.empty(),
        fusions);
  }

  private StageMemory training(Model model, StageSettings stage) {
    return training(model, stage.training(), false);
  }

  private StageMemory training(Model model, TrainingSettings training, boolean pretrains) {
    return new TrainingMemory(
        model.config(),
        model.settings().tune(),
        model.settings().frozenWeights(),
        (tuning, held) -> size(model, tuning, held),
        training,
        model.lengths(),
        model.backbone(),
        pretrains);
  }

  private StageMemory writing(Model model, StageSettings stage) {
    ModelSettings settings = model.settings();
    return new WritingMemory(
        model.config(),
        size(model, settings.tune(), settings.frozenWeights()),
        stage.decoding(),
        model.lengths(),
        model.backbone().learning() + model.backbone().frozen());
  }

  private Optional<StageMemory> pretraining(Recipe recipe, Optional<Path> root) throws IOException {
    PretrainingSettings settings = recipe.pretraining().orElseThrow();
    Optional<StageSettings> sight =
        settings.looksAtPictures()
            ? recipe.pipeline().values().stream()
                .filter(stage -> stage.start() == StageSettings.Start.PRETRAINING)
                .filter(StageSettings::seesPictures)
                .findFirst()
            : Optional.empty();
    int longest = settings.source().maxTokens();
    return model(settings.model(), settings.training(), sight, 1, longest, longest, root)
        .map(each -> training(each, settings.training(), true));
  }

  private Optional<Model> model(Recipe recipe, StageSettings stage, Optional<Path> root)
      throws IOException {
    boolean pretrained =
        stage.start() == StageSettings.Start.PRETRAINING && recipe.pretraining().isPresent();
    ModelSettings own = stage.model();
    ModelSettings settings = pretrained ? tuned(recipe.pretraining().get().model(), own) : own;
    return model(
        settings,
        stage.training(),
        stage.seesPictures() ? Optional.of(stage) : Optional.empty(),
        stage.seesPicturesOfShots() ? 1 + stage.shots().count() : 1,
        stage.source().maxTokens(),
        stage.target().maxTokens(),
        root);
  }

  /** A pretrained model as a stage tunes it. */
  private static ModelSettings tuned(ModelSettings pretrained, ModelSettings stage) {
    return new ModelSettings(
        pretrained.checkpoint(),
        pretrained.shape(),
        pretrained.tokenizer(),
        pretrained.vocabulary(),
        stage.frozen(),
        stage.tune(),
        stage.frozenWeights());
  }

  private Optional<Model> model(
      ModelSettings settings,
      TrainingSettings training,
      Optional<StageSettings> sight,
      int shown,
      int source,
      int target,
      Optional<Path> root)
      throws IOException {
    Optional<T5Config> config = config(settings, training.dropout(), root);
    boolean sees = sight.isPresent() && root.isPresent();
    Optional<PictureBackbone> inTheLoop =
        sees ? files.inTheLoop(sight.get().features()) : Optional.empty();
    long ofBackbone = inTheLoop.map(each -> each.outline().size().weights()).orElse(0L);
    if (config.isEmpty() || ModelSize.atLeast(config.get()) + ofBackbone < WORTH_COUNTING) {
      return Optional.empty();
    }
    int width = sees ? files.pictureWidth(root.get(), sight.get().features()) : 0;
    int patches = sees ? shown * files.picturePatches(root.get(), sight.get().features()) : 0;
    return Optional.of(
        new Model(
            config.get(),
            settings,
            sight.map(StageSettings::fusion).orElse(FusionSettings.NONE),
            sees,
            new MemoryNeed.InputSizes(source, target, patches, width),
            inTheLoop.map(each -> backbone(each, patches)).orElse(MemoryNeed.Backbone.NONE)));
  }

  /**
   * A backbone's share.
   *
   * @param patches vectors of a question at most, of all its pictures
   */
  private static MemoryNeed.Backbone backbone(PictureBackbone backbone, int patches) {
    BackboneOutline outline = backbone.outline();
    BackboneSize size = outline.size();
    if (backbone.train().isEmpty()) {
      return new MemoryNeed.Backbone(0, size.weights(), 0);
    }
    Optional<Integer> last = backbone.train().get().last();
    long learning = size.learning(last);
    long pictures = Math.max(1, patches / outline.patches());
    long layers =
        last.map(learnt -> learnt + 1).orElse(outline.layers()); // one that only passes on
    return new MemoryNeed.Backbone(
        learning,
        size.weights() - learning,
        pictures * Math.min(layers, outline.layers()) * size.keptOfLayer());
  }

  /** Empty where its tokenizer is made together with the data: such models are small. */
  private Optional<T5Config> config(ModelSettings model, double dropout, Optional<Path> root)
      throws IOException {
    if (model.checkpoint().isPresent()) {
      return Optional.of(
          T5Config.read(model.checkpoint().get().resolve(Checkpoint.CONFIG)).withDropout(dropout));
    }
    Optional<Path> tokenizer = model.tokenizer().or(() -> root.flatMap(Tokenizers::find));
    return tokenizer.isPresent()
        ? Optional.of(
            FreshModel.config(model.shape(), files.tokenizer(tokenizer.get()).size(), dropout))
        : Optional.empty();
  }
}
