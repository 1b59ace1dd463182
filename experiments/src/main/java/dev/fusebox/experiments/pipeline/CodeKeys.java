package dev.fusebox.experiments.pipeline;

import ai.djl.engine.Engine;
import dev.fusebox.experiments.fusion.FusionCatalogue;
import dev.fusebox.experiments.store.CodeVersion;
import dev.fusebox.fusion.Fusion;
import dev.fusebox.fusion.FusionProvider;
import dev.fusebox.t5.T5Model;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Hashes of the code that stages run. */
public final class CodeKeys {

  private static final String EXPERIMENTS = "dev/fusebox/experiments/";
  private static final List<String> MODELS =
      List.of(
          EXPERIMENTS + "data/",
          EXPERIMENTS + "prompt/",
          EXPERIMENTS + "features/",
          EXPERIMENTS + "retrieve/",
          EXPERIMENTS + "fusion/Fusion",
          EXPERIMENTS + "model/",
          EXPERIMENTS + "train/",
          EXPERIMENTS + "evaluate/AnswerPattern", // which weights are the best is decided by these
          EXPERIMENTS + "evaluate/Grader",
          EXPERIMENTS + "evaluate/StemmedRougeL",
          EXPERIMENTS + "evaluate/CommonSubsequence",
          EXPERIMENTS + "evaluate/PorterStemmer",
          EXPERIMENTS + "evaluate/PythonSplit",
          EXPERIMENTS + "evaluate/Decoding",
          EXPERIMENTS + "evaluate/Sampling",
          EXPERIMENTS + "store/PredictionFile",
          EXPERIMENTS + "pipeline/");

  private final String demo;
  private final String models;
  private final FusionCatalogue fusions;
  private final Map<String, String> known = new ConcurrentHashMap<>();

  /** The hashes of the program that runs. */
  @Inject
  public CodeKeys(FusionCatalogue fusions) {
    this.fusions = fusions;
    demo =
        CodeVersion.of(
            CodeKeys.class, List.of(EXPERIMENTS + "demo/", EXPERIMENTS + "features/Npy"));
    models =
        CodeVersion.of(CodeKeys.class, MODELS)
            + CodeVersion.of(Fusion.class)
            + CodeVersion.of(T5Model.class)
            + "-djl-"
            + Engine.getDjlVersion();
  }

  /** Of the demo generator. */
  String demo() {
    return demo;
  }

  /** Of data, prompts, training, decoding, the model and the ground below it. */
  String models() {
    return models;
  }

  /** Of a fusion. */
  String fusion(String name) {
    FusionProvider<?> provider = fusions.providers().get(name);
    return known.computeIfAbsent(name, any -> CodeVersion.of(provider.getClass()));
  }
}
