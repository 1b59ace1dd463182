package dev.fusebox.experiments.fusion;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;

/** The fusions on the class path. */
public final class FusionModule extends AbstractModule {

  @Override
  protected void configure() {
    bind(ClassLoader.class).toInstance(FusionModule.class.getClassLoader());
  }

  @Provides
  @Singleton
  FusionCatalogue catalogue(ClassLoader loader) {
    return FusionCatalogue.of(loader);
  }
}
