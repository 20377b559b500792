package dev.artemis.web;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Addresses and networks such as {@code 10.0.0.0/8}, and who belongs to them. Names are not looked up. */
final class Networks {

    private static final Pattern ADDRESS = Pattern.compile("[0-9a-fA-F:.]+");

    private final List<Network> networks;

    private Networks(List<Network> networks) {
        this.networks = List.copyOf(networks);
    }

    /**
     * Reads a list with commas.
     *
     * @throws IllegalArgumentException one is none; the message names it
     */
    static Networks parse(String list) {
        List<Network> networks = new ArrayList<>();
        for (String text : list.split(",", -1)) {
            if (!text.isBlank()) {
                networks.add(Network.parse(text.strip()));
            }
        }
        return new Networks(networks);
    }

    boolean isEmpty() {
        return networks.isEmpty();
    }

    /** What is no address belongs to none. */
    boolean contain(String address) {
        if (!ADDRESS.matcher(address).matches()) {
            return false;
        }
        try {
            byte[] bytes = InetAddress.ofLiteral(address).getAddress();
            return networks.stream().anyMatch(network -> network.contains(bytes));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private record Network(byte[] prefix, int length) {

        static Network parse(String text) {
            int slash = text.indexOf('/');
            String address = slash < 0 ? text : text.substring(0, slash);
            try {
                if (!ADDRESS.matcher(address).matches()) {
                    throw new IllegalArgumentException();
                }
                byte[] prefix = InetAddress.ofLiteral(address).getAddress();
                int bits = prefix.length * Byte.SIZE;
                int length = slash < 0 ? bits : Integer.parseInt(text.substring(slash + 1));
                if (length < 0 || length > bits) {
                    throw new IllegalArgumentException();
                }
                return new Network(prefix, length);
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("\"" + text + "\" is no address and no network");
            }
        }

        boolean contains(byte[] address) {
            if (address.length != prefix.length) {
                return false;
            }
            for (int bit = 0; bit < length; bit++) {
                int mask = 0x80 >> (bit % Byte.SIZE);
                if (((address[bit / Byte.SIZE] ^ prefix[bit / Byte.SIZE]) & mask) != 0) {
                    return false;
                }
            }
            return true;
        }
    }
}
