package dev.artemis.sandbox.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class CgroupMountsTest {

    @Test
    void findsOwnFoldersOfVersion1() {
        CgroupMounts mounts = CgroupMounts.parse(
                List.of(
                        "27 1 254:0 / / rw,relatime - ext4 /dev/vda rw",
                        "32 31 0:29 / /sys/fs/cgroup/cpu,cpuacct rw,relatime shared:9 - cgroup cgroup rw,cpu,cpuacct",
                        "35 31 0:32 / /sys/fs/cgroup/memory rw,relatime - cgroup cgroup rw,memory"),
                List.of("4:memory:/service/a", "1:cpu,cpuacct:/", "0::/"));

        assertThat(mounts.folder("memory")).contains(Path.of("/sys/fs/cgroup/memory/service/a"));
        assertThat(mounts.folder("cpu")).contains(Path.of("/sys/fs/cgroup/cpu,cpuacct"));
        assertThat(mounts.folder("cpuacct")).contains(Path.of("/sys/fs/cgroup/cpu,cpuacct"));
        assertThat(mounts.folder("pids")).isEmpty();
        assertThat(mounts.folder("")).isEmpty();
    }

    @Test
    void findsOwnFolderOfVersion2() {
        CgroupMounts mounts = CgroupMounts.parse(
                List.of("30 25 0:26 / /sys/fs/cgroup rw,nosuid - cgroup2 cgroup2 rw,nsdelegate"),
                List.of("0::/system.slice/artemis.service"));

        assertThat(mounts.folder("")).contains(Path.of("/sys/fs/cgroup/system.slice/artemis.service"));
    }

    @Test
    void takesOffTheMountsRootAsInAContainer() {
        CgroupMounts mounts = CgroupMounts.parse(
                List.of("35 31 0:32 /docker/abc /sys/fs/cgroup/memory ro,relatime - cgroup cgroup rw,memory"),
                List.of("4:memory:/docker/abc"));

        assertThat(mounts.folder("memory")).contains(Path.of("/sys/fs/cgroup/memory"));
    }
}
