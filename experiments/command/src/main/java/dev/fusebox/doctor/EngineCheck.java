package dev.fusebox.doctor;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.pytorch.jni.LibUtils;
import ai.djl.util.cuda.CudaUtils;
import dev.fusebox.tensor.Cores;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** libtorch, its threads, CUDA and the devices. */
public final class EngineCheck {

  private static final Pattern CUDA_BUILD = Pattern.compile("pytorch-native-(cu\\d+)-");
  private static final int PATIENCE_SECONDS = 10;
  private static final String BUILD_FOR_CUDA =
      "for a GPU, build with CUDA: FUSEBOX_MAVEN=-Pcuda fusebox doctor; docs/footguns.md has the other ways";
  private static final String NO_DRIVER =
      "this is a CUDA build, but there is no GPU or no driver; everything runs on the CPU";
  private static final String NO_RUNTIME =
      "libcudart was not found: set FUSEBOX_JAVA=-Djna.library.path=DIR, where DIR has libcudart.so";

  private EngineCheck() {}

  /** Starts the engine to see. */
  public static List<Finding> findings() {
    try {
      Engine engine = Engine.getInstance();
      List<Finding> findings = new ArrayList<>();
      findings.add(Finding.of("engine", engine.getEngineName() + " " + engine.getVersion()));
      findings.add(libtorch());
      findings.add(threads());
      findings.add(cuda());
      findings.addAll(devices(engine.getGpuCount()));
      return findings;
    } catch (RuntimeException | LinkageError e) {
      return List.of(
          Finding.broken(
              "engine",
              "does not start: " + e.getMessage(),
              "libtorch comes with the build for this platform: mvn -q -DskipTests package; for your own set"
                  + " PYTORCH_LIBRARY_PATH and PYTORCH_FLAVOR (docs/footguns.md)"));
    }
  }

  private static Finding libtorch() {
    String own = System.getenv("PYTORCH_LIBRARY_PATH");
    String whose = own == null ? " (came with the build)" : " (PYTORCH_LIBRARY_PATH)";
    return Finding.of(
        "libtorch", LibUtils.getVersion() + " in " + LibUtils.getLibtorchPath() + whose);
  }

  private static Finding threads() {
    String set = System.getenv("OMP_NUM_THREADS");
    String found =
        "%d for each operator, %d between operators; %d cores; OMP_NUM_THREADS %s"
            .formatted(
                Cores.perOperator(),
                Cores.betweenOperators(),
                Runtime.getRuntime().availableProcessors(),
                set == null ? "not set" : "= " + set);
    return Cores.perOperator() > Runtime.getRuntime().availableProcessors()
        ? Finding.lacking(
            "threads", found, "more threads than cores slow everything down: unset OMP_NUM_THREADS")
        : Finding.of("threads", found);
  }

  private static Finding cuda() {
    Matcher build = CUDA_BUILD.matcher(System.getProperty("java.class.path"));
    boolean built = build.find();
    boolean loaded = Files.exists(Path.of(LibUtils.getLibtorchPath(), "libtorch_cuda.so"));
    String libtorch =
        loaded
            ? "libtorch with CUDA is loaded"
            : built
                ? "the build has " + build.group(1) + ", but the CPU version of libtorch is loaded"
                : "libtorch for the CPU only";
    String runtime =
        CudaUtils.hasCuda()
            ? "libcudart " + CudaUtils.getCudaVersionString()
            : "no libcudart found";
    return Finding.of("cuda", libtorch + "; " + runtime);
  }

  private static List<Finding> devices(int gpus) {
    List<String> cards = cards();
    if (gpus == 0) {
      return List.of(withoutGpu(cards));
    }
    List<Finding> devices = new ArrayList<>();
    devices.add(Finding.of("devices", "cpu and " + gpus + " GPU"));
    for (int i = 0; i < gpus; i++) {
      String name = i < cards.size() ? cards.get(i) : "GPU";
      devices.add(Finding.of("gpu:" + i, name + ", " + memory(Device.gpu(i))));
    }
    return devices;
  }

  private static String memory(Device gpu) {
    var usage = CudaUtils.getGpuMemory(gpu);
    return Sizes.bytes(usage.getMax() - usage.getCommitted())
        + " free of "
        + Sizes.bytes(usage.getMax())
        + ", compute capability "
        + CudaUtils.getComputeCapability(gpu.getDeviceId());
  }

  private static Finding withoutGpu(List<String> cards) {
    boolean forCuda = forCuda();
    if (cards.isEmpty()) {
      String found = "cpu; neither libtorch nor nvidia-smi sees a GPU";
      return Finding.lacking("devices", found, forCuda ? NO_DRIVER : BUILD_FOR_CUDA);
    }
    String found = "cpu; libtorch sees no GPU, but nvidia-smi does: " + String.join("; ", cards);
    return Finding.lacking("devices", found, forCuda ? NO_RUNTIME : BUILD_FOR_CUDA);
  }

  private static boolean forCuda() {
    return System.getenv("PYTORCH_LIBRARY_PATH") != null
        || CUDA_BUILD.matcher(System.getProperty("java.class.path")).find();
  }

  /** The cards that the driver knows, whatever libtorch makes of them. */
  private static List<String> cards() {
    try {
      Process process =
          new ProcessBuilder("nvidia-smi", "--query-gpu=name,memory.total", "--format=csv,noheader")
              .redirectErrorStream(true)
              .start();
      Optional<String> answer = answer(process);
      return answer.map(text -> text.lines().toList()).orElse(List.of());
    } catch (IOException e) {
      return List.of(); // no driver
    }
  }

  private static Optional<String> answer(Process process) throws IOException {
    try {
      boolean ended = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
      if (!ended || process.exitValue() != 0) {
        process.destroyForcibly();
        return Optional.empty();
      }
      return Optional.of(
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }
}
