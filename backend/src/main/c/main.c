/* artemis-runner run | launch: see backend/docs/protocol.md. */
#include "artemis.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

int main(int argc, char **argv) {
  /* 0 to 3 are taken before anything else is opened, so that a dup2 onto them meets nothing of ours */
  for (int fd = 0; fd <= 3;) {
    fd = open("/dev/null", O_RDWR | O_CLOEXEC);
    if (fd < 0) return EXIT_BROKEN;
    if (fd > 3) close(fd);
  }
  if (argc >= 2 && !strcmp(argv[1], "run")) return run_command(argc - 2, argv + 2);
  if (argc >= 2 && !strcmp(argv[1], "launch")) return launch_command(argc - 2, argv + 2);
  fprintf(stderr, "usage: artemis-runner run|launch …\n");
  return EXIT_REFUSED;
}
