# expect: EXITED 0
# says: held
import socket

for host in ("127.0.0.1", "10.0.0.1", "169.254.169.254", "8.8.8.8"):
    for port in (22, 53, 80, 443, 5432, 8080):
        with socket.socket() as s:
            s.settimeout(1)
            assert s.connect_ex((host, port)) != 0, (host, port)
try:
    socket.getaddrinfo("example.org", 80)
    raise SystemExit("not held: names are resolved")
except OSError:
    pass
# Linux's numbers: packet, netlink, vsock, bluetooth, alg, xdp, can
for family in (17, 16, 40, 31, 38, 44, 29):
    for kind in (socket.SOCK_RAW, socket.SOCK_DGRAM, socket.SOCK_STREAM, socket.SOCK_SEQPACKET):
        try:
            socket.socket(family, kind)
            raise SystemExit(f"not held: socket of family {family}")
        except OSError:
            pass
print("held")
