package dev.fusebox.experiments.pipeline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fusebox.experiments.data.Dataset;
import dev.fusebox.experiments.data.Question;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Trains one stage of a pipeline. */
record TrainingWork(
    Workshop workshop,
    StageTrainer trainer,
    Recipe recipe,
    StageSettings settings,
    DataPlace place,
    Optional<Stage> start,
    Optional<Stage> upstreamTrain,
    Optional<Stage> upstreamValidation,
    long seed)
    implements Stage.Work {

  @Override
  public JsonNode run(Path directory, Function<Stage, Path> inputs, StageProgress progress)
      throws IOException {
    Path root = place.path(inputs);
    Path tokenizer = place.tokenizer(settings.model(), inputs);
    ExampleMaker maker = new ExampleMaker(settings, workshop.tokenizer(tokenizer));
    List<Example> train = examples(maker, root, Split.TRAIN, upstreamTrain, inputs);
    List<Example> validation =
        settings.training().looks()
            ? examples(maker, root, Split.VALIDATION, upstreamValidation, inputs)
            : List.of();
    TrainingTask task =
        new TrainingTask(
            start
                .map(stage -> inputs.apply(stage).resolve(StageTrainer.CHECKPOINT))
                .or(() -> settings.model().checkpoint()),
            settings.model(),
            tokenizer,
            settings.fusion(),
            settings.seesPictures()
                ? Optional.of(
                    workshop.pictures(root, settings.features(), settings.control(), seed))
                : Optional.empty(),
            train,
            validation,
            settings.target().maxTokens(),
            settings.training(),
            seed);
    trainer.train(task, directory, progress);
    return figures(maker, train.size());
  }

  private List<Example> examples(
      ExampleMaker maker,
      Path root,
      Split split,
      Optional<Stage> upstream,
      Function<Stage, Path> inputs)
      throws IOException {
    Dataset dataset = workshop.questions(root);
    List<Question> questions = split.questions(dataset, recipe.data());
    Optional<Map<String, String>> written = Written.by(upstream, inputs);
    return maker.examples(
        questions,
        written,
        Passages.of(workshop, settings.retrieval(), dataset, recipe.data(), questions));
  }

  private static ObjectNode figures(ExampleMaker maker, int questions) {
    ObjectNode figures = JsonNodeFactory.instance.objectNode();
    figures.put("questions", questions);
    figures.put("cutSources", maker.cutSources());
    figures.put("cutTargets", maker.cutTargets());
    return figures;
  }
}
