package dev.artemis.alerts;

import java.net.InetAddress;
import java.util.Arrays;

/** Which addresses are the public internet's, and not ours or a neighbour's. */
final class PublicAddresses {

    private PublicAddresses() {}

    static boolean areAll(InetAddress... addresses) {
        return Arrays.stream(addresses).allMatch(PublicAddresses::isPublic);
    }

    private static boolean isPublic(InetAddress address) {
        return !address.isAnyLocalAddress()
                && !address.isLoopbackAddress()
                && !address.isLinkLocalAddress()
                && !address.isSiteLocalAddress()
                && !address.isMulticastAddress()
                && !isReserved(address.getAddress());
    }

    private static boolean isReserved(byte[] bytes) {
        int first = bytes[0] & 0xff;
        int second = bytes[1] & 0xff;
        if (bytes.length == 4) {
            boolean carriers = first == 100 && second >= 64 && second < 128;
            return first == 0 || carriers || first >= 240;
        }
        boolean uniqueLocal = (first & 0xfe) == 0xfc;
        // addresses of version 4 in disguise: 64:ff9b::/96 and 2002::/16
        boolean translated = first == 0x00 && second == 0x64 || first == 0x20 && second == 0x02;
        return uniqueLocal || translated;
    }
}
