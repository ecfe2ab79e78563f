"""The conversation with concrun: a JSON object a line, questions on standard input, answers on descriptor 3, where
the plugin's start keeps its standard output.

    > describe   < description   > prepare   < ready   > run   < tasks …   < done
"""

import json
import os
import sys
import traceback

from description import description, missing_libraries
from refusal import Refusal

PROTOCOL = 1
ANSWERS = 3


class Conversation:
    def __init__(self):
        self.answers = os.fdopen(ANSWERS, "w", encoding="utf-8")

    def question(self, expected):
        """The next message, which must be of that type; `None` if concrun has nothing more to say."""
        line = sys.stdin.buffer.readline()
        if not line:
            return None
        message = json.loads(line)
        if message["type"] != expected:
            raise Refusal(f"'{message['type']}' came where '{expected}' was expected")
        return message

    def answer(self, message):
        self.answers.write(json.dumps(message, separators=(",", ":")) + "\n")
        self.answers.flush()

    def hold(self):
        if (question := self.question("describe")) is None:
            return
        if question["protocol"] != PROTOCOL:
            raise Refusal(f"this plugin speaks protocol {PROTOCOL}, not {question['protocol']}")
        if missing := missing_libraries():
            libraries = " and ".join(missing)
            raise Refusal(
                f"its virtual environment lacks {libraries}: remove plugins/python/.venv and run `make python`")
        self.answer(description(PROTOCOL))

        if (question := self.question("prepare")) is None:
            return
        from preparation import prepare
        from trial import trial

        program = prepare(question)
        self.answer({"type": "ready"})
        if self.question("run") is None:
            return
        for message in trial(program, question["parameters"].get("max_workers", 1)):
            self.answer(message)


def main():
    conversation = Conversation()
    try:
        conversation.hold()
    except BrokenPipeError:
        sys.exit("concrun has gone")
    except Refusal as refusal:
        conversation.answer({"type": "error", "message": str(refusal)})
    except Exception as error:
        traceback.print_exc()
        conversation.answer({"type": "error", "message": f"{type(error).__name__}: {error}"})


if __name__ == "__main__":
    main()
