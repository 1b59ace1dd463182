package dev.fusebox.extract;

import java.nio.file.Path;
import java.util.Optional;

/**
 * A picture to extract features of.
 *
 * @param name what {@code name_map.json} calls it
 * @param file where it should be; empty where a question has a picture that lies nowhere
 */
public record NamedPicture(String name, Optional<Path> file) {}
