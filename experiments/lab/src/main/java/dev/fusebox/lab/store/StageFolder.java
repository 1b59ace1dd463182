package dev.fusebox.lab.store;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;

/**
 * A finished stage.
 *
 * @param path its files
 * @param seconds it took
 * @param computedOn where
 * @param finished when
 * @param bytes its files hold
 * @param figures what its maker wanted to keep, such as how many texts were cut
 */
public record StageFolder(
    Path path,
    double seconds,
    ComputedOn computedOn,
    Instant finished,
    long bytes,
    Map<String, Number> figures) {}
