package dev.fusebox.questions;

import java.nio.file.Path;
import java.util.Optional;

/**
 * {@code data}: which questions.
 *
 * @param root where the data lie, as {@link Datasets} finds them; without it the demo data are
 *     generated
 * @param demo how to generate them
 * @param splits the names under which {@code pid_splits.json} lists the questions
 * @param limits how many of them
 */
public record DataSettings(
    Optional<Path> root, DemoSettings demo, SplitNames splits, SplitLimits limits) {}
