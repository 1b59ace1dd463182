package dev.fusebox.lab.plan;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import dev.fusebox.file.FileHashes;
import dev.fusebox.file.ScratchCopies;
import dev.fusebox.training.work.OpenedFiles;
import dev.fusebox.vision.VisionBackbones;
import java.nio.file.Path;
import java.util.Optional;

/** Stages and what they are made with; a trainer and a predictor come from elsewhere. */
public final class PipelineModule extends AbstractModule {

  private final Path cache;
  private final Optional<Path> scratch;
  private final FileHashes hashes;

  /**
   * Stages over files of this machine.
   *
   * @param cache where decoded pictures, tokens and indices are kept
   * @param scratch a folder near by that feature files are copied to, and read from
   * @param hashes of the files of others
   */
  public PipelineModule(Path cache, Optional<Path> scratch, FileHashes hashes) {
    this.cache = cache;
    this.scratch = scratch;
    this.hashes = hashes;
  }

  @Override
  protected void configure() {
    bind(CodeKeys.class);
    bind(RunPlanner.class);
    bind(StageRunner.class);
  }

  @Provides
  @Singleton
  OpenedFiles files(VisionBackbones kinds) {
    return new OpenedFiles(cache, scratch.map(ScratchCopies::new), hashes, kinds);
  }
}
