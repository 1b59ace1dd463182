package dev.fusebox.lab.ablation;

import com.fasterxml.jackson.databind.JsonNode;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import dev.fusebox.lab.config.Binder;
import dev.fusebox.lab.config.Problems;
import dev.fusebox.training.catalogue.FusionCatalogue;
import dev.fusebox.training.recipe.Recipe;
import java.util.Optional;

/** Reads the recipe of a run back from the config that its record holds. */
public final class RecordedRecipe {

  private RecordedRecipe() {}

  /**
   * The recipe, its paths as they were given.
   *
   * @param config of a {@link dev.fusebox.lab.store.RunRecord}
   * @param place what is said to hold it
   * @throws dev.fusebox.file.UserError if this program knows other settings than the one that wrote
   *     it, or lacks its fusion
   */
  public static Recipe of(JsonNode config, FusionCatalogue fusions, String place) {
    Problems problems = new Problems();
    Binder binder = new Binder(problems, ExperimentReader.readers(fusions));
    ConfigParseOptions named = ConfigParseOptions.defaults().setOriginDescription(place);
    Optional<Recipe> recipe =
        binder.bind(ConfigFactory.parseString(config.toString(), named).root(), "", Recipe.class);
    problems.orThrow(place);
    return recipe.orElseThrow();
  }
}
