package dev.fusebox.training.task;

import dev.fusebox.questions.picture.PictureFeatures;
import dev.fusebox.training.batch.Example;
import dev.fusebox.training.catalogue.FusionSettings;
import dev.fusebox.training.recipe.ModelSettings;
import dev.fusebox.training.recipe.TrainingSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What a stage has to learn.
 *
 * @param start checkpoint directory to start from; without it, fresh weights in {@code model}'s
 *     shape
 * @param model shape, and what is frozen
 * @param tokenizer file of the tokenizer, which the result carries along
 * @param fusion how vision meets language
 * @param pictures the vectors of each question's picture; empty where the stage sees none
 * @param train what to learn from
 * @param validation what to look at between epochs; may be empty
 * @param maxTokens longest output
 * @param training how
 * @param seed of fresh weights, order and dropout
 */
public record TrainingTask(
    Optional<Path> start,
    ModelSettings model,
    Path tokenizer,
    FusionSettings fusion,
    Optional<PictureFeatures> pictures,
    List<Example> train,
    List<Example> validation,
    int maxTokens,
    TrainingSettings training,
    long seed) {}
