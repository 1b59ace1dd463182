package dev.fusebox.experiments.store;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Instant;

/**
 * A finished stage.
 *
 * @param path its files
 * @param seconds it took
 * @param finished when
 * @param bytes its files hold
 * @param figures what its maker wanted to keep, such as the last loss
 */
public record StageFolder(
    Path path, double seconds, Instant finished, long bytes, JsonNode figures) {}
