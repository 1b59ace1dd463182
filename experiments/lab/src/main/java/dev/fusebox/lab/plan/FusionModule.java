package dev.fusebox.lab.plan;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import dev.fusebox.training.catalogue.FusionCatalogue;
import dev.fusebox.training.catalogue.Plugins;
import dev.fusebox.vision.VisionBackbones;

/** The fusions and backbones on the class path, and those of plugins. */
public final class FusionModule extends AbstractModule {

  private final ClassLoader plugins;

  /** As {@code plugins} finds them. */
  public FusionModule(ClassLoader plugins) {
    this.plugins = plugins;
  }

  @Override
  protected void configure() {
    bind(ClassLoader.class).toInstance(plugins);
  }

  @Provides
  @Singleton
  FusionCatalogue catalogue(ClassLoader loader) {
    return FusionCatalogue.of(loader);
  }

  @Provides
  @Singleton
  VisionBackbones backbones(ClassLoader loader) {
    return Plugins.backbones(loader);
  }
}
