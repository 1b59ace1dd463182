package dev.fusebox.experiments.pipeline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.fusebox.experiments.data.Question;
import dev.fusebox.experiments.fusion.FusionSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongFunction;
import java.util.stream.LongStream;

/** Lets a fresh model read the training questions' text, before it sees a picture. */
record PretrainingWork(
    Workshop workshop,
    StageTrainer trainer,
    Recipe recipe,
    PretrainingSettings settings,
    DataPlace place)
    implements Stage.Work {

  @Override
  public JsonNode run(Path directory, Function<Stage, Path> inputs, StageProgress progress)
      throws IOException {
    Path root = place.path(inputs);
    Path tokenizer = place.tokenizer(settings.model(), inputs);
    List<Question> questions = Split.TRAIN.questions(workshop.questions(root), recipe.data());
    LongFunction<Example> examples =
        workshop.pretraining(
            settings, questions, workshop.tokenizer(tokenizer), settings.source().maxTokens());
    TokenCount count =
        trainer.train(
            new TrainingTask(
                settings.model().checkpoint(),
                settings.model(),
                tokenizer,
                FusionSettings.NONE,
                Optional.empty(),
                LongStream.range(0, settings.texts()).mapToObj(examples).toList(),
                List.of(),
                settings.source().maxTokens(),
                settings.training(),
                settings.seed()),
            directory,
            progress);
    return JsonNodeFactory.instance
        .objectNode()
        .put("texts", settings.texts())
        .put("tokens", count.tokens())
        .put("padding", count.padding());
  }
}
