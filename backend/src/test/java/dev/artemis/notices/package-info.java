@org.jspecify.annotations.NullMarked
package dev.artemis.notices;
