package io.tributary.oca.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MountTest {
  private static final List<String> MOUNTINFO =
      List.of(
          "22 1 254:0 / / rw,relatime shared:1 - ext4 /dev/vda rw,discard",
          "30 22 8:17 / /srv/oca\\040node rw,noatime - xfs /dev/sdb1 rw",
          "31 22 0:40 / /srv rw shared:2 master:1 - tmpfs tmpfs rw",
          "32 22 8:33 / /srv/oca\\040node rw,relatime - ext4 /dev/sdc1 rw",
          "nonsense");

  @Test
  void theDeepestMountHoldsAPathAndOfTwoThereTheLast() {
    assertThat(Mount.of(Path.of("/srv/oca node/store"), MOUNTINFO))
        .contains(
            new Mount(
                "8:33", Path.of("/srv/oca node"), Set.of("rw", "relatime"), "ext4", "/dev/sdc1"));
    assertThat(Mount.of(Path.of("/srv/other"), MOUNTINFO)).map(Mount::type).contains("tmpfs");
    assertThat(Mount.of(Path.of("/var"), MOUNTINFO)).map(Mount::source).contains("/dev/vda");
    assertThat(Mount.of(Path.of("/var"), List.of())).isEmpty();
  }
}
