package dev.fusebox.training.model;

import dev.fusebox.checkpoint.Checkpoint;
import dev.fusebox.file.FileHashes;
import dev.fusebox.file.UserError;
import dev.fusebox.t5.tune.Adapter;
import dev.fusebox.t5.tune.Tuning;
import dev.fusebox.tensor.Parameters;
import dev.fusebox.training.recipe.FrozenWeights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where a model's numbers come from. What is found nowhere begins fresh.
 *
 * @param base a model that stays as it is, below what was learnt
 * @param learnt directory or file of what was learnt, or of the whole model where there is no base
 * @param tuning what was added to the language model, or is to be
 */
public record ModelWeights(Optional<BaseModel> base, Optional<Path> learnt, Tuning tuning) {

  /**
   * A model that starts from a checkpoint, if there is one, to be tuned.
   *
   * @param hashes of the checkpoint's files
   */
  public static ModelWeights start(
      Optional<Path> checkpoint, Tuning tuning, FrozenWeights frozenWeights, FileHashes hashes) {
    if (checkpoint.isPresent() && BaseModel.isOf(checkpoint.get())) {
      throw new UserError(
          checkpoint.get()
              + " contains only the adapter and not its base model, so nothing can start from it: merge the two with fusebox convert --merge");
    }
    return tuning.keepsBase()
        ? new ModelWeights(
            checkpoint.map(path -> new BaseModel(path, frozenWeights, hashes)),
            Optional.empty(),
            tuning)
        : new ModelWeights(Optional.empty(), checkpoint, tuning);
  }

  /**
   * The same model as it was after some steps.
   *
   * @param saved where states are, and {@link #rememberBase} was told
   * @throws UserError if its base is another than it was then
   */
  public ModelWeights resumed(Path saved, Optional<Path> state) throws IOException {
    if (state.isEmpty()) {
      return this;
    }
    if (base.isPresent() && BaseModel.isOf(saved)) {
      base.get().requireAsIn(saved);
    }
    return new ModelWeights(base, state, tuning);
  }

  /** Leaves in a directory what the base was, if there is one, for who resumes from there. */
  public void rememberBase(Path saved) throws IOException {
    if (base.isPresent()) {
      Files.createDirectories(saved);
      base.get().write(saved, saved);
    }
  }

  /**
   * A model that was trained, whichever part of it lies there.
   *
   * @param hashes of the files of its base
   */
  public static ModelWeights stored(Path directory, FileHashes hashes) throws IOException {
    Optional<BaseModel> base = BaseModel.of(directory, hashes);
    Tuning tuning =
        Adapter.isIn(directory)
            ? Adapter.read(directory).tuning()
            : base.isPresent() ? new Tuning.None() : new Tuning.All();
    return new ModelWeights(base, Optional.of(directory), tuning);
  }

  /** Loads everything that is there; what was learnt goes before what the base has of that name. */
  void into(Parameters parameters) throws IOException {
    if (learnt.isPresent()) {
      learnt(parameters, learnt.get());
    }
    if (base.isPresent()) {
      Checkpoint.open(base.get().path()).into(parameters, name -> !parameters.holds(name));
    }
  }

  private void learnt(Parameters parameters, Path path) throws IOException {
    if (Adapter.isIn(path)) {
      Adapter.read(path).into(parameters);
    }
    if (base.isEmpty()
        || Files.isRegularFile(path)
        || Files.exists(path.resolve(Checkpoint.WEIGHTS))) {
      Checkpoint.open(path).into(parameters, name -> !name.startsWith(LearntBackbone.PREFIX));
    }
  }

  /** Where numbers of a backbone may lie; the later ones go before the earlier. */
  List<Path> ofBackbone() {
    return Stream.concat(base.map(BaseModel::path).stream(), learnt.stream()).toList();
  }

  /**
   * How many numbers were learnt and are kept in a directory: the whole model's, or those that were
   * added to a model below it and the fusion's; 0 where nothing is there.
   */
  public static long learntNumbers(Path directory) throws IOException {
    long numbers = 0;
    List<Path> files =
        new ArrayList<>(
            List.of(directory.resolve(Checkpoint.WEIGHTS), LearntBackbone.in(directory)));
    if (Adapter.isIn(directory)) {
      files.add(Adapter.read(directory).weights());
    }
    for (Path file : files) {
      if (Files.isRegularFile(file)) {
        Checkpoint learnt = Checkpoint.open(file);
        numbers += learnt.names().stream().mapToLong(name -> learnt.tensor(name).size()).sum();
      }
    }
    return numbers;
  }

  /** What a message calls them. */
  Path where() {
    return learnt.or(() -> base.map(BaseModel::path)).orElseThrow();
  }

  /** Whether a name is one of the language model before anything was added to it. */
  boolean isOfBase(String name) {
    return T5Names.isOfT5(name) && !tuning.adds(name);
  }

  boolean isFresh() {
    return learnt.isEmpty() && base.isEmpty();
  }
}
