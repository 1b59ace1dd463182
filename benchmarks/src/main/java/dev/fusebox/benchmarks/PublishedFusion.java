package dev.fusebox.benchmarks;

import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import dev.fusebox.lab.ablation.FusionReader;
import dev.fusebox.lab.config.Binder;
import dev.fusebox.lab.config.Problems;
import dev.fusebox.training.catalogue.FusionCatalogue;
import dev.fusebox.training.catalogue.FusionSettings;

/** The fusion that mm-cot has published, which the reference has too. */
public final class PublishedFusion {

  private PublishedFusion() {}

  /** With its defaults. */
  public static FusionSettings of(FusionCatalogue catalogue) {
    ConfigValue value =
        ConfigFactory.load(PublishedFusion.class.getClassLoader())
            .getConfig("fusions.gated")
            .root()
            .withValue("name", ConfigValueFactory.fromAnyRef("gated"));
    return new FusionReader(catalogue)
        .read(value, "fusion", new Binder(new Problems()))
        .orElseThrow();
  }
}
