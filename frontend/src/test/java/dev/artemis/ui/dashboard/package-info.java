@org.jspecify.annotations.NullMarked
package dev.artemis.ui.dashboard;
