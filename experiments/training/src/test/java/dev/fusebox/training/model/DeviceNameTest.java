package dev.fusebox.training.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import dev.fusebox.file.UserError;
import org.junit.jupiter.api.Test;

class DeviceNameTest {

  @Test
  void namesADeviceThatIsThere() {
    assertThat(new DeviceName("cpu").among(2)).isEqualTo(Device.cpu());
    assertThat(new DeviceName("auto").among(0)).isEqualTo(Device.cpu());
    assertThat(new DeviceName("auto").among(2)).isEqualTo(Device.gpu(0));
    assertThat(new DeviceName("gpu").among(1)).isEqualTo(Device.gpu(0));
    assertThat(new DeviceName("gpu:1").among(2)).isEqualTo(Device.gpu(1));
  }

  @Test
  void aStarIsEveryGpu() {
    assertThat(new DeviceName("gpu:*").allAmong(2)).containsExactly(Device.gpu(0), Device.gpu(1));
    assertThatThrownBy(() -> new DeviceName("gpu:*").allAmong(0))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("libtorch sees no GPU");
  }

  @Test
  void saysWhatIsThereInstead() {
    assertThatThrownBy(() -> new DeviceName("gpu").among(0))
        .isInstanceOf(UserError.class)
        .hasMessage(
            "device = gpu: libtorch sees no GPU; fusebox doctor says what is missing. device = cpu works without it");
    assertThatThrownBy(() -> new DeviceName("gpu:1").among(1))
        .hasMessageContaining("libtorch sees one GPU, gpu:0");
    assertThatThrownBy(() -> new DeviceName("cuda"))
        .hasMessage("device must be cpu, gpu, gpu:N, gpu:*, auto or a list of them, found cuda");
  }
}
