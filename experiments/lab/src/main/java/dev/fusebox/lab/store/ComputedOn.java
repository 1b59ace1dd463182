package dev.fusebox.lab.store;

import ai.djl.Device;
import ai.djl.util.cuda.CudaUtils;
import dev.fusebox.tensor.Cores;
import dev.fusebox.tensor.InstructionSet;
import dev.fusebox.training.model.Libtorch;

/**
 * Where a stage was computed. It is in no key: the same settings give the same result up to the
 * last bits of its numbers, which a training amplifies as another seed would, so a table should not
 * compare two variants across such a difference without saying so.
 *
 * @param device {@code cpu} with its vector instructions and the threads of an operator, or {@code
 *     gpu} with its generation; empty if not known
 * @param libtorch its version; empty if not known
 */
public record ComputedOn(String device, String libtorch) {

  /** What a record of an older Fusebox says. */
  public static final ComputedOn UNKNOWN = new ComputedOn("", "");

  /** On that device of this machine, now. */
  public static ComputedOn here(Device device) {
    return new ComputedOn(
        device.isGpu()
            ? "gpu, compute capability " + CudaUtils.getComputeCapability(device.getDeviceId())
            : device.getDeviceType()
                + " with "
                + InstructionSet.name()
                + ", threads "
                + Cores.perOperator(),
        Libtorch.version());
  }

  /** Whether it says anything. */
  public boolean known() {
    return !equals(UNKNOWN);
  }

  /** For people. */
  public String inWords() {
    return device + ", libtorch " + libtorch;
  }
}
