package dev.fusebox.lab.ablation;

import com.typesafe.config.ConfigObject;
import dev.fusebox.training.recipe.Recipe;

/**
 * One row of the table.
 *
 * @param name as the config names it
 * @param recipe what it does
 * @param tree the resolved config it was bound from
 */
public record Variant(String name, Recipe recipe, ConfigObject tree) {}
