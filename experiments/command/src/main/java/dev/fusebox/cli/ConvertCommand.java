package dev.fusebox.cli;

import dev.fusebox.array.ElementType;
import dev.fusebox.array.StoredTensor;
import dev.fusebox.checkpoint.Checkpoint;
import dev.fusebox.checkpoint.Conversion;
import dev.fusebox.file.UserError;
import dev.fusebox.t5.tune.Merging;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code fusebox convert}: a checkpoint of any form as one file. */
@Command(
    name = "convert",
    mixinStandardHelpOptions = true,
    description = {
      "Convert a checkpoint of any format into one safetensors file.",
      "With --merge, merge a peft adapter (LoRA, IA3) into its model.",
      "Reads safetensors and pytorch_model.bin, sharded or not; a TO that ends in .bin, .pt or .pth becomes a torch file. Both load in transformers."
    },
    footer = {
      "",
      "Example:",
      "  fusebox convert t5-core/src/test/resources/goldens/files/sharded converted --names",
      "  fusebox convert --merge adapters/mine checkpoints/flan-t5-base merged"
    })
public final class ConvertCommand implements Callable<Integer> {

  /** Of names that are passed over: a published BLIP-2 has hundreds. */
  private static final int SHOWN = 3;

  /** How fractions can be stored. */
  enum Stored {
    F32,
    F16,
    BF16
  }

  @Parameters(
      index = "0",
      paramLabel = "FROM",
      description = "A checkpoint directory, or a .safetensors, .bin, .pt or .pth file.")
  private Path from;

  @Parameters(
      index = "1",
      paramLabel = "TO",
      description =
          "A directory for model.safetensors, config and tokenizer files; or a .safetensors, .bin, .pt or .pth file.")
  private Path to;

  @Option(
      names = "--type",
      paramLabel = "TYPE",
      description =
          "Store floating-point tensors as ${COMPLETION-CANDIDATES}; by default each tensor keeps its type.")
  private Stored type;

  @Option(
      names = "--merge",
      paramLabel = "ADAPTER",
      description =
          "A directory with adapter_config.json and adapter_model.safetensors, as written by the peft library and by stages with model.tune: it is merged into the weights of FROM.")
  private Path adapter;

  @Option(names = "--names", description = "List every tensor that is written.")
  private boolean names;

  @Option(names = "--force", description = "Replace weights that are already there.")
  private boolean force;

  @Spec private CommandSpec command;

  @Override
  public Integer call() {
    try {
      convert(command.commandLine().getOut());
      return 0;
    } catch (IOException | IllegalArgumentException e) {
      throw new UserError(e.getMessage(), e);
    }
  }

  private void convert(PrintWriter out) throws IOException {
    checkTarget();
    Checkpoint checkpoint = Checkpoint.open(from);
    Conversion conversion = Conversion.of(checkpoint);
    checkSource(conversion);
    Optional<ElementType> stored =
        Optional.ofNullable(type).map(t -> ElementType.valueOf(t.name()));
    if (adapter != null) {
      merge(conversion, stored.orElse(ElementType.F32), out);
      return;
    }
    List<String> written;
    if (isFile()) {
      conversion.writeFile(to, stored);
      written = List.of(to.getFileName().toString());
    } else {
      written = conversion.writeDirectory(to, stored);
    }
    report(checkpoint, conversion, written, out);
  }

  private void merge(Conversion conversion, ElementType stored, PrintWriter out)
      throws IOException {
    if (!Files.isDirectory(from)) {
      throw new UserError(
          from + ": to merge an adapter with it, name the directory, with its config.json");
    }
    List<String> written = new ArrayList<>(List.of(target().getFileName().toString()));
    try (Merging merging = Merging.of(from, adapter)) {
      merging.write(target(), stored);
    }
    if (!isFile()) {
      written.addAll(conversion.writeCompanions(to));
    }
    out.printf("%s with %s: wrote %s in %s%n", from, adapter, String.join(", ", written), to);
  }

  private void checkTarget() {
    Path file = target();
    if (!isFile() && Files.exists(to) && !Files.isDirectory(to)) {
      throw new UserError(
          to
              + " is neither a directory nor a weights file; give a directory, or a file that"
              + " ends in .safetensors, .bin, .pt or .pth");
    }
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      throw new UserError(file + " exists and is not a file; choose another name");
    }
    if (Files.exists(file) && !force) {
      throw new UserError(file + " already exists; --force replaces it");
    }
  }

  private Path target() {
    return isFile() ? to : to.resolve(Checkpoint.WEIGHTS);
  }

  private void checkSource(Conversion conversion) throws IOException {
    Optional<Path> source = conversion.sourceAt(target());
    if (source.isPresent()) {
      throw new UserError(
          target()
              + " would replace "
              + source.get()
              + ", which is the source; choose another name");
    }
  }

  private boolean isFile() {
    return to.toString().matches(".*\\.(safetensors|bin|pt|pth)");
  }

  private static void passedOver(List<String> names, PrintWriter out) {
    names.stream()
        .limit(SHOWN)
        .forEach(name -> out.printf("  left out: %s, which no T5 uses%n", name));
    if (names.size() > SHOWN) {
      out.printf("  left out: %d more that no T5 uses%n", names.size() - SHOWN);
    }
  }

  private void report(
      Checkpoint checkpoint, Conversion conversion, List<String> written, PrintWriter out) {
    List<StoredTensor> kept = conversion.kept();
    if (names) {
      kept.forEach(
          tensor ->
              out.printf(
                  Locale.ROOT, "  %-70s %-5s %s%n", tensor.name(), tensor.type(), tensor.shape()));
    }
    conversion
        .leftOut()
        .forEach(
            (name, original) -> out.printf("  left out: %s, the same as %s%n", name, original));
    passedOver(checkpoint.passedOver(), out);
    out.printf(
        Locale.ROOT,
        "%s: %d tensors, %,d numbers, in %d file(s)%n",
        from,
        checkpoint.names().size(),
        checkpoint.names().stream().mapToLong(name -> checkpoint.tensor(name).size()).sum(),
        checkpoint.files().size());
    out.printf(
        Locale.ROOT,
        "%s: %d tensors, %,d numbers%s; wrote %s%n",
        to,
        kept.size(),
        kept.stream().mapToLong(StoredTensor::size).sum(),
        type == null ? "" : " as " + type,
        String.join(", ", written));
  }
}
