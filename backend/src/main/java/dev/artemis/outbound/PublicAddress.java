package dev.artemis.outbound;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;

/** Which addresses are somebody's in the public Internet: not this machine, not its network, not a cloud's own. */
final class PublicAddress {

    /** What IANA's registry of special purposes has, as network and length. */
    private static final List<Network> SPECIAL = List.of(
            Network.of("0.0.0.0", 8),
            Network.of("10.0.0.0", 8),
            Network.of("100.64.0.0", 10),
            Network.of("127.0.0.0", 8),
            Network.of("169.254.0.0", 16),
            Network.of("172.16.0.0", 12),
            Network.of("192.0.0.0", 24),
            Network.of("192.0.2.0", 24),
            Network.of("192.88.99.0", 24),
            Network.of("192.168.0.0", 16),
            Network.of("198.18.0.0", 15),
            Network.of("198.51.100.0", 24),
            Network.of("203.0.113.0", 24),
            Network.of("224.0.0.0", 4),
            Network.of("240.0.0.0", 4));

    /** Of version 6 only what is given out to the public; translations of version 4 could lead anywhere. */
    private static final Network GLOBAL_UNICAST = Network.of("2000::", 3);

    private static final List<Network> SPECIAL_V6 = List.of(
            Network.of("2001::", 23), Network.of("2001:db8::", 32), Network.of("2002::", 16), Network.of("3fff::", 20));

    private PublicAddress() {}

    static boolean is(InetAddress address) {
        return switch (address) {
            case Inet4Address four -> SPECIAL.stream().noneMatch(network -> network.contains(four));
            case Inet6Address six ->
                GLOBAL_UNICAST.contains(six) && SPECIAL_V6.stream().noneMatch(network -> network.contains(six));
            default -> false;
        };
    }

    private record Network(byte[] prefix, int length) {

        static Network of(String address, int length) {
            try {
                return new Network(InetAddress.getByName(address).getAddress(), length);
            } catch (UnknownHostException e) {
                throw new IllegalStateException("no address: " + address, e);
            }
        }

        boolean contains(InetAddress address) {
            byte[] bytes = address.getAddress();
            int whole = length / 8;
            if (bytes.length != prefix.length || !Arrays.equals(bytes, 0, whole, prefix, 0, whole)) {
                return false;
            }
            int rest = length % 8;
            int mask = 0xff << (8 - rest);
            return rest == 0 || ((bytes[whole] ^ prefix[whole]) & mask & 0xff) == 0;
        }
    }
}
