package dev.fusebox.lab.ablation;

import dev.fusebox.file.Spelling;
import dev.fusebox.file.UserError;
import dev.fusebox.lab.result.Claim;
import dev.fusebox.lab.result.Repeat;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a config file asks.
 *
 * @param name of its results: the file's, without its ending
 * @param file where it was read from
 * @param question in words
 * @param seeds of every variant
 * @param draws of the training questions; none where there is one set of them
 * @param variants in the order in which they were written
 * @param compare variant to its control, for paired tests
 * @param among categories of questions among which they are compared as well
 * @param claims what is claimed before it runs
 * @param workers how many stages are computed at once
 * @param overrides what the command line said over the file
 * @param notes what a person should know before it runs, a line each
 * @param sentenceTransformer the model that scores what rationales mean
 * @param tracking where its metrics are reported to; changes no result
 */
public record Experiment(
    String name,
    String file,
    String question,
    List<Long> seeds,
    List<Long> draws,
    List<Variant> variants,
    Map<String, String> compare,
    List<String> among,
    List<Claim> claims,
    int workers,
    List<String> overrides,
    List<String> notes,
    Optional<Path> sentenceTransformer,
    TrackingSettings tracking) {

  private static final Set<String> TAKEN = Set.of("stages", "cache"); // what all experiments share

  public Experiment {
    requireFolder(name, file);
    seeds = List.copyOf(seeds);
    draws = List.copyOf(draws);
    variants = List.copyOf(variants);
    among = List.copyOf(among);
    claims = List.copyOf(claims);
    overrides = List.copyOf(overrides);
    notes = List.copyOf(notes);
  }

  /** The runs of every variant: every seed, on every draw where there are draws. */
  public List<Repeat> repeats() {
    List<Long> each = draws.isEmpty() ? List.of(Repeat.NO_DRAW) : draws;
    return each.stream()
        .flatMap(draw -> seeds.stream().map(seed -> new Repeat(draw, seed)))
        .toList();
  }

  /**
   * The same with these variants alone.
   *
   * @throws UserError if it has none of such a name
   */
  public Experiment only(List<String> names) {
    List<String> known = variants.stream().map(Variant::name).toList();
    for (String name : names) {
      if (!known.contains(name)) {
        throw new UserError(
            "--only %s: no such variant%s; known: %s"
                .formatted(name, Spelling.hint(name, known), Spelling.list(known)));
      }
    }
    Set<String> chosen = Set.copyOf(names);
    Map<String, String> pairs = new LinkedHashMap<>(compare);
    pairs.entrySet().removeIf(pair -> !isAmong(chosen, known, pair));
    List<String> said = new ArrayList<>(overrides);
    said.add("--only=" + String.join(",", names));
    return new Experiment(
        name,
        file,
        question,
        seeds,
        draws,
        variants.stream().filter(variant -> chosen.contains(variant.name())).toList(),
        pairs,
        among,
        claims,
        workers,
        said,
        notes,
        sentenceTransformer,
        tracking);
  }

  /** Whether both are chosen; a baseline is no variant and always there. */
  private static boolean isAmong(
      Set<String> chosen, List<String> known, Map.Entry<String, String> pair) {
    return chosen.contains(pair.getKey())
        && (chosen.contains(pair.getValue()) || !known.contains(pair.getValue()));
  }

  /** Results lie in a folder of that name, which must be a visible one and nobody else's. */
  static void requireFolder(String name, String file) {
    if (name.isBlank() || name.startsWith(".") || name.matches(".*\\p{Cntrl}.*")) {
      throw new UserError(
          "%s: its name without .conf becomes the name of its results folder, and \"%s\" cannot be one; give the file another name"
              .formatted(file, name));
    }
    if (TAKEN.contains(name.toLowerCase(Locale.ROOT))) {
      throw new UserError(
          file + ": results/" + name + " belongs to all experiments; give the file another name");
    }
  }
}
