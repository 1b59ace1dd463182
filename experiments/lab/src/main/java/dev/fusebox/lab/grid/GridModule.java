package dev.fusebox.lab.grid;

import com.google.inject.AbstractModule;

/** Single stages, for schedulers. */
public final class GridModule extends AbstractModule {

  @Override
  protected void configure() {
    bind(OneStage.class);
  }
}
