package dev.fusebox.lab.plan;

import ai.djl.engine.Engine;
import dev.fusebox.demo.DemoData;
import dev.fusebox.file.CodeVersion;
import dev.fusebox.fusion.Fusion;
import dev.fusebox.fusion.FusionProvider;
import dev.fusebox.questions.Question;
import dev.fusebox.t5.T5Model;
import dev.fusebox.tensor.Ops;
import dev.fusebox.training.catalogue.FusionCatalogue;
import dev.fusebox.training.catalogue.FusionSettings;
import dev.fusebox.training.loop.T5StageTrainer;
import dev.fusebox.vision.VisionBackbone;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * Hashes of the code that stages run: of whole modules, so that no list of classes can miss one.
 * Code that plans, stores, scores or displays is in other modules: changing it recomputes no stage.
 */
public final class CodeKeys {

  /** One class of each module that decides what a stage's bits are. */
  private static final List<Class<?>> MODELS =
      List.of(Ops.class, Fusion.class, T5Model.class, Question.class, T5StageTrainer.class);

  private static final List<Class<?>> DEMO = List.of(Ops.class, Question.class, DemoData.class);

  private final String demo;
  private final String models;
  private final FusionCatalogue fusions;
  private final Map<String, String> known = new ConcurrentHashMap<>();

  /** The hashes of the program that runs. */
  @Inject
  public CodeKeys(FusionCatalogue fusions) {
    this.fusions = fusions;
    demo = hash(DEMO);
    models = hash(MODELS) + "-djl-" + Engine.getDjlVersion();
  }

  /** The fusions whose code it is. */
  FusionCatalogue fusions() {
    return fusions;
  }

  private static String hash(List<Class<?>> modules) {
    return modules.stream().map(CodeVersion::of).collect(Collectors.joining());
  }

  /** Of the demo generator. */
  String demo() {
    return demo;
  }

  /** Of data, prompts, training, decoding, the model and the ground below it. */
  String models() {
    return models;
  }

  /**
   * Of a backbone between pixels and a model.
   *
   * @param provider what opens it, which may be a plugin's
   */
  String vision(Class<?> provider) {
    String own = known.computeIfAbsent(provider.getName(), any -> CodeVersion.of(provider));
    String common = CodeVersion.of(VisionBackbone.class);
    return own.equals(common) ? common : common + "+" + own;
  }

  /** Of a fusion, or of all that there are. */
  String fusion(FusionSettings fusion) {
    return fusion.parts().stream()
        .map(part -> fusion(part.name()))
        .collect(Collectors.joining("+"));
  }

  private String fusion(String name) {
    FusionProvider<?> provider = fusions.providers().get(name);
    return known.computeIfAbsent(name, any -> CodeVersion.of(provider.getClass()));
  }
}
