// SPDX-License-Identifier: Apache-2.0
package io.theseus.benchmarks;

import java.util.ArrayList;
import java.util.List;

/** The words after the name of a benchmark: options are taken out by name, and what is left are numbers. Thread safety: for one thread. */
public final class Arguments {
    private final String usage;
    private final List<String> words;

    /** @param usage what the benchmark takes, in one line */
    public Arguments(String usage, String... words) {
        this.usage = usage;
        this.words = new ArrayList<>(List.of(words));
    }

    /** Takes an option without a value; answers whether it was there. */
    public boolean flag(String option) {
        return words.remove(option);
    }

    /** Takes an option and its value. */
    public String text(String option, String otherwise) {
        int at = words.indexOf(option);
        if (at < 0) {
            return otherwise;
        }
        words.remove(at);
        if (at == words.size()) {
            throw wrong(option + " wants a value");
        }
        return words.remove(at);
    }

    /** Takes an option and its value, which is at least one. */
    public int number(String option, int otherwise) {
        return positive(text(option, Integer.toString(otherwise)));
    }

    /** Takes the only word that is left. */
    public int number(int otherwise) {
        List<Integer> left = numbers(otherwise);
        if (left.size() > 1) {
            throw wrong(left.size() + " numbers are too many");
        }
        return left.get(0);
    }

    /** Takes all words that are left. */
    public List<Integer> numbers(Integer... otherwise) {
        List<Integer> left = words.stream().map(this::positive).toList();
        words.clear();
        return left.isEmpty() ? List.of(otherwise) : left;
    }

    /** Nothing may be left. */
    public void end() {
        if (!words.isEmpty()) {
            throw wrong(String.join(" ", words) + " is not known");
        }
    }

    public UsageException wrong(String why) {
        return new UsageException(why + "; usage: benchmarks/run " + usage);
    }

    private int positive(String word) {
        try {
            int number = Integer.parseInt(word);
            if (number > 0) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Said below.
        }
        throw wrong("'" + word + "' is no number over 0");
    }
}
