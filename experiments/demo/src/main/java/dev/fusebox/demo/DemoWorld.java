package dev.fusebox.demo;

import dev.fusebox.questions.DemoSettings;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The questions of one demo data set, by number, and the ways to see its scenes. */
final class DemoWorld {

  private static final List<Kind> WITH_PICTURE =
      Stream.of(Meadow.KINDS, Atlas.KINDS).flatMap(List::stream).toList();
  private static final List<Kind> WITHOUT =
      Stream.of(Schoolbook.KINDS, Grammar.KINDS).flatMap(List::stream).toList();

  private final DemoSettings settings;

  DemoWorld(DemoSettings settings) {
    this.settings = settings;
  }

  /** The question with this number, from 1; always the same one. */
  SceneQuestion question(int number) {
    Draw draw = new Draw(settings.seed(), number);
    List<Kind> kinds = draw.chance(settings.pictureShare()) ? WITH_PICTURE : WITHOUT;
    return draw.weighted(kinds, Kind::weight).ask(draw);
  }

  /** What a model sees of the question's scene. */
  float[] see(int number, String model, Sight sight) {
    Scene scene = question(number).scene().orElseThrow();
    // One stream of noise for each model, apart from the stream of the questions.
    return sight.see(scene, new Draw(settings.seed() + 31L * model.hashCode(), number));
  }

  /** The ways to see, by the name of their feature file. */
  Map<String, Sight> sights() {
    double noise = settings.noise();
    Map<String, Sight> sights = new LinkedHashMap<>();
    sights.put("detr", new ObjectSight(new Appearance("detr", 32), Spot.values().length, noise));
    sights.put("clip", new PatchSight(new Appearance("clip", 48), false, 4, 0.2, noise));
    sights.put("vit", new PatchSight(new Appearance("vit", 40), true, 4, 0.25, noise));
    sights.put("resnet", new PooledSight(new Appearance("resnet", 64), 16, noise));
    return sights;
  }
}
