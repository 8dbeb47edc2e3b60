// What the check of the scripts takes as it comes: elements have whatever their page gives them.
interface EventTarget {
  [name: string]: any;
}
interface Window {
  [name: string]: any;
}
interface Event {
  detail?: any;
}
