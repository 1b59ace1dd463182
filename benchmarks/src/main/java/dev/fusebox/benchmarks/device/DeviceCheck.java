package dev.fusebox.benchmarks.device;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.pytorch.jni.LibUtils;
import ai.djl.util.cuda.CudaUtils;
import dev.fusebox.benchmarks.PublishedFusion;
import dev.fusebox.file.DirectoryTree;
import dev.fusebox.tensor.Cores;
import dev.fusebox.training.catalogue.FusionCatalogue;
import dev.fusebox.training.catalogue.FusionSettings;
import dev.fusebox.training.model.DeviceName;
import java.io.BufferedReader;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The command behind {@code checks/gpu}. */
public final class DeviceCheck {

  /** cuBLAS takes TF32 for products of fp32 where this is set, and asks once in a process. */
  private static final String TF32_SWITCH = "TORCH_ALLOW_TF32_CUBLAS_OVERRIDE";

  private final String name;
  private final Device device;
  private final int gpus;
  private final Scale scale;
  private final Path goldens;
  private final Path out;

  private DeviceCheck(String name, Device device, int gpus, Scale scale, Path goldens, Path out) {
    this.name = name;
    this.device = device;
    this.gpus = gpus;
    this.scale = scale;
    this.goldens = goldens;
    this.out = out;
  }

  /**
   * Looks at a device.
   *
   * @param arguments {@code goldens=DIR}, {@code out=DIR}, {@code device=NAME}, {@code size=tiny}
   *     or {@code base}; {@code only=tf32} for the process that computes so
   */
  public static void main(String[] arguments) throws IOException {
    beforeTheEngine();
    Map<String, String> given = new TreeMap<>();
    for (String argument : arguments) {
      String[] pair = argument.split("=", 2);
      if (pair.length < 2
          || !List.of("goldens", "out", "device", "size", "only").contains(pair[0])) {
        System.err.println(
            "expected goldens=DIR out=DIR [device=NAME] [size=tiny|base], found " + argument);
        System.exit(2);
      }
      given.put(pair[0], pair[1]);
    }
    System.exit(check(given) ? 0 : 1);
  }

  /** Before any class of the engine: it would look for a cloud's metadata and for downloads. */
  static void beforeTheEngine() {
    System.setProperty("OPT_OUT_TRACKING", "true");
    System.setProperty("ai.djl.offline", "true");
  }

  /** Whether all is as it should be. */
  static boolean check(Map<String, String> given) throws IOException {
    Device device = new DeviceName(given.getOrDefault("device", "auto")).device();
    String name = device.isGpu() ? "gpu:" + device.getDeviceId() : "cpu";
    Scale scale = Scale.of(given.getOrDefault("size", device.isGpu() ? "base" : "tiny"));
    Path out = Path.of(given.get("out"));
    int gpus = Engine.getInstance().getGpuCount();
    DeviceCheck check =
        new DeviceCheck(name, device, gpus, scale, Path.of(given.get("goldens")), out);
    DeviceReport report = new DeviceReport(check.about());
    if (given.getOrDefault("only", "").equals("tf32")) {
      check.inArithmetic(Arithmetic.TF32, report);
    } else {
      check.everything(report);
    }
    report.write(out);
    return report.holds();
  }

  private void everything(DeviceReport report) throws IOException {
    inArithmetic(Arithmetic.FP32, report);
    report.add(withTensorFloats());
    inArithmetic(Arithmetic.BF16, report);
    Scale killed = device.isGpu() ? Scale.MIDDLE : Scale.TINY;
    Path work = Files.createTempDirectory("fusebox-device");
    try {
      report.add(new SameBits(name, killed, work).rows(device.isGpu() ? gpus : 0));
    } finally {
      DirectoryTree.delete(work);
    }
  }

  private void inArithmetic(Arithmetic arithmetic, DeviceReport report) throws IOException {
    FusionCatalogue catalogue = FusionCatalogue.of(DeviceCheck.class.getClassLoader());
    FusionSettings gated = PublishedFusion.of(catalogue);
    report.add(new GoldenErrors(device, arithmetic, catalogue, gated).rows(goldens));
    Path work = Files.createTempDirectory("fusebox-device");
    try {
      StatedSpeed stated = StatedSpeed.of(card());
      report.add(new DeviceSpeed(device, arithmetic, scale, stated).rows(work, catalogue));
    } finally {
      DirectoryTree.delete(work);
    }
  }

  /** In a process that begins with the switch set. A processor has no TF32 and computes in fp32. */
  private List<Row> withTensorFloats() throws IOException {
    Path folder = out.resolve("tf32");
    ProcessBuilder builder =
        new ProcessBuilder(
                Stream.of(
                        java(DeviceCheck.class),
                        List.of(
                            "only=tf32",
                            "device=" + name,
                            "size=" + scale.name(),
                            "goldens=" + goldens,
                            "out=" + folder))
                    .flatMap(List::stream)
                    .toList())
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.environment().put(TF32_SWITCH, "1");
    int status = builder.start().onExit().join().exitValue();
    if (status > 1) {
      throw new IOException("the process for TF32 ended with " + status + "; see above");
    }
    return DeviceReport.read(folder);
  }

  /** How to start a class of this one's in another process. */
  static List<String> java(Class<?> main) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(option -> option.matches("-(D|X).*"))
        .forEach(command::add); // where libraries are, for one
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    return command;
  }

  private Map<String, String> about() {
    Map<String, String> about = new LinkedHashMap<>();
    about.put("device", device.isGpu() ? name + ", " + card() : name);
    about.put("GPUs", String.valueOf(gpus));
    about.put("size", scale.toString());
    about.put("libtorch", LibUtils.getVersion() + " in " + LibUtils.getLibtorchPath());
    about.put(
        "CUDA", CudaUtils.hasCuda() ? CudaUtils.getCudaVersionString() : "no libcudart found");
    about.put("engine", Engine.getInstance().getVersion());
    about.put("Java", System.getProperty("java.version"));
    about.put("threads for an operator", String.valueOf(Cores.perOperator()));
    return about;
  }

  /** What the driver calls the device; empty without one. */
  private String card() {
    if (!device.isGpu()) {
      return "";
    }
    try {
      Process process =
          new ProcessBuilder(
                  "nvidia-smi",
                  "--id=" + device.getDeviceId(),
                  "--query-gpu=name",
                  "--format=csv,noheader")
              .start();
      try (BufferedReader output = process.inputReader()) {
        String line = output.readLine();
        return line == null ? "" : line;
      }
    } catch (IOException e) {
      return ""; // no such program
    }
  }
}
