// The program: catches what ends a run and turns it into a sentence and an exit code.
int main() { return 0; }
